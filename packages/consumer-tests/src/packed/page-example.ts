/**
 * The example of the official page on this call, letter by letter: users have programs like it. The page leaves the
 * import of `fs` to its readers.
 */
export const pageExample = `import OpenAI from 'openai';

const client = new OpenAI({
  apiKey: process.env['OPENAI_API_KEY'], // This is the default and can be omitted
});

const imagesResponse = await client.images.createVariation({
  image: fs.createReadStream('otter.png'),
});

console.log(imagesResponse.created);
`;
