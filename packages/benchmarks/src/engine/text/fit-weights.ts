import { findLines } from "../../../../engine/src/analyse/detect-text.ts";
import { contextFeatures, type PlacedLine } from "../../../../engine/src/analyse/text/classify-lines.ts";
import { lineFeatures } from "../../../../engine/src/analyse/text/line-features.ts";
import { createRandom } from "../metrics/random.ts";
import type { NamedImage } from "../quality/read-images.ts";
import { type Half, textures, withoutText, withText } from "./examples.ts";
import type { TextImage } from "./make-text-image.ts";

export interface Weights {
  readonly hidden: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly context: readonly number[];
}

interface Example {
  readonly features: readonly number[];
  readonly isText: boolean;
  readonly weight: number;
}

interface LabelledImage {
  readonly lines: readonly PlacedLine[];
  /** `undefined` for lines that are half text, half something else. */
  readonly labels: readonly (boolean | undefined)[];
}

const hiddenUnits = 14;
/** A line missed is found by its neighbours or at another level; a false alarm makes an image stiffer than it need be. */
const costOfFalseAlarm = 5;

/** Fits the classifier of lines: first a network on the features of each line, then a linear one on its score and its context. */
export async function fitWeights(half: Half, count: number): Promise<Weights> {
  const images: LabelledImage[] = [];
  for await (const example of withText(half, count)) images.push(label(example));
  const addWithoutText = ({ image }: NamedImage): void => {
    const lines = findLines(image);
    images.push({ lines, labels: lines.map(() => false) });
  };
  for await (const photograph of withoutText(half)) addWithoutText(photograph);
  for (const texture of textures(half, count / 2)) addWithoutText(texture);

  const network = fit(
    collect(images, (line) => lineFeatures(line.line)),
    { hiddenUnits, epochs: 60 },
  );
  const scored = images.map(({ lines, labels }) => ({
    labels,
    lines: lines.map((line) => ({ ...line, score: evaluate(network, lineFeatures(line.line)) })),
  }));
  const context = fit(
    collect(scored, (line, all) => [line.score, ...contextFeatures(line, all)]),
    { hiddenUnits: 0, epochs: 40 },
  );
  // Units that the fit has switched off only cost time.
  const useful = network.hidden.flatMap((weights, i) =>
    Math.max(...weights.map(Math.abs)) > 0.01 && Math.abs(network.output[i] ?? 0) > 0.01 ? [i] : [],
  );
  return {
    hidden: useful.map((i) => round(network.hidden[i]!)),
    output: round([...useful.map((i) => network.output[i] ?? 0), network.output.at(-1) ?? 0]),
    context: round(context.output),
  };
}

function label({ image, mask }: TextImage): LabelledImage {
  const lines = findLines(image);
  const labels = lines.map(({ line, level }) => {
    let [inside, all] = [0, 0];
    for (const { left, top, width, height } of line.glyphs) {
      for (let k = 0; k < 9; k++) {
        const x = Math.floor(((left + (width * ((k % 3) + 0.5)) / 3) * image.width) / level.width);
        const y = Math.floor(((top + (height * (Math.floor(k / 3) + 0.5)) / 3) * image.height) / level.height);
        all++;
        inside += mask[y * image.width + x] ?? 0;
      }
    }
    const share = inside / all;
    return share >= 0.6 ? true : share <= 0.25 ? false : undefined;
  });
  return { lines, labels };
}

function collect(
  images: readonly LabelledImage[],
  featuresOf: (line: PlacedLine, all: readonly PlacedLine[]) => readonly number[],
): Example[] {
  return images.flatMap(({ lines, labels }) => {
    const texts = labels.filter((isText) => isText).length;
    const others = labels.length - texts;
    return lines.flatMap((line, i) => {
      const isText = labels[i];
      if (isText === undefined) return [];
      // An image of a thousand leaves speaks louder than one of ten, but not a hundred times.
      const weight = isText ? 1 / Math.sqrt(texts) : costOfFalseAlarm / Math.sqrt(others);
      return [{ features: featuresOf(line, lines), isText, weight }];
    });
  });
}

interface Network {
  readonly hidden: number[][];
  /** A weight for each hidden unit, or for each feature if there is no hidden layer, and the bias. */
  readonly output: number[];
}

function evaluate({ hidden, output }: Network, features: readonly number[]): number {
  const inputs = hidden.length === 0 ? features : hidden.map((weights) => Math.max(0, dot(weights, features)));
  return dot(output, inputs);
}

/** The last weight is the bias. */
function dot(weights: readonly number[], values: readonly number[]): number {
  let sum = weights.at(-1) ?? 0;
  for (let k = 0; k < values.length; k++) sum += (weights[k] ?? 0) * (values[k] ?? 0);
  return sum;
}

/** Logistic loss, by Adam over shuffled batches. */
function fit(
  examples: readonly Example[],
  options: { readonly hiddenUnits: number; readonly epochs: number },
): Network {
  const random = createRandom(3);
  const size = examples[0]!.features.length;
  const units = options.hiddenUnits;
  const meanWeight = examples.reduce((sum, { weight }) => sum + weight, 0) / examples.length;
  const count = units * (size + 1) + (units || size) + 1;
  const weights = Float64Array.from({ length: count }, () => (random() - 0.5) * (units ? 0.7 : 0.1));
  const [momentum, square] = [new Float64Array(count), new Float64Array(count)];
  const outputAt = units * (size + 1);
  const inputs = new Float64Array(units || size);
  const gradient = new Float64Array(count);
  const order = Uint32Array.from(examples.keys());
  let step = 0;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const rate = 0.01 * (1 - epoch / options.epochs) + 0.0005;
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    for (let start = 0; start < order.length; start += 256) {
      gradient.fill(0);
      const batch = order.subarray(start, start + 256);
      for (const index of batch) {
        const { features, isText, weight } = examples[index]!;
        for (let u = 0; u < units; u++) {
          let sum = weights[u * (size + 1) + size] ?? 0;
          for (let k = 0; k < size; k++) sum += (weights[u * (size + 1) + k] ?? 0) * (features[k] ?? 0);
          inputs[u] = Math.max(0, sum);
        }
        if (units === 0) inputs.set(features);
        let score = weights[count - 1] ?? 0;
        for (let u = 0; u < inputs.length; u++) score += (weights[outputAt + u] ?? 0) * (inputs[u] ?? 0);
        const error = ((1 / (1 + Math.exp(-score)) - (isText ? 1 : 0)) * weight) / (meanWeight * batch.length);
        gradient[count - 1] = (gradient[count - 1] ?? 0) + error;
        for (let u = 0; u < inputs.length; u++) {
          gradient[outputAt + u] = (gradient[outputAt + u] ?? 0) + error * (inputs[u] ?? 0);
          if (units === 0 || inputs[u] === 0) continue;
          const back = error * (weights[outputAt + u] ?? 0);
          for (let k = 0; k < size; k++) gradient[u * (size + 1) + k]! += back * (features[k] ?? 0);
          gradient[u * (size + 1) + size]! += back;
        }
      }
      step++;
      for (let k = 0; k < count; k++) {
        const slope = (gradient[k] ?? 0) + 1e-5 * (weights[k] ?? 0);
        momentum[k] = 0.9 * (momentum[k] ?? 0) + 0.1 * slope;
        square[k] = 0.999 * (square[k] ?? 0) + 0.001 * slope * slope;
        const [m, v] = [(momentum[k] ?? 0) / (1 - 0.9 ** step), (square[k] ?? 0) / (1 - 0.999 ** step)];
        weights[k] = (weights[k] ?? 0) - (rate * m) / (Math.sqrt(v) + 1e-8);
      }
    }
  }
  return {
    hidden: Array.from({ length: units }, (_, u) => [...weights.subarray(u * (size + 1), (u + 1) * (size + 1))]),
    output: [...weights.subarray(outputAt)],
  };
}

function round(values: readonly number[]): number[] {
  return values.map((value) => Math.round(value * 100) / 100);
}
