// oxlint-disable-next-line import/no-unassigned-import -- it only listens
import "./tell-cpu-time.js";
