import { call } from "./page.js";

export default {
  async fetch(request, { MOCK_URL }) {
    return new Response(await call(MOCK_URL, await request.arrayBuffer()));
  },
};
