import {
  channelMax,
  patchSide,
  type DenoiseJob,
  type ExactMatchJob,
  type Kernels,
  type PriorAddresses,
  type ReduceJob,
  type ResampleColumnsJob,
  type ResampleRowsJob,
  type SearchJob,
  type SelfSimilarityJob,
  type ToneJob,
  type VoteJob,
  type WarpJob,
} from "./kernels.ts";

const edge = patchSide - 1;

interface Sliding {
  readonly a: number;
  readonly b: number;
  /** How many pixels further the pixel of `b` is. */
  readonly offset: number;
  readonly left: number;
  readonly right: number;
  readonly width: number;
  readonly height: number;
  readonly scratch: number;
}

/** The kernels in plain TypeScript, for runtimes without WASM SIMD; each loop is the twin of one in `assembly/`, and as long as that. */
export function createPlainKernels(bytes: number): Kernels {
  const buffer = new ArrayBuffer(bytes);
  const u8 = new Uint8Array(buffer);
  const i16 = new Int16Array(buffer);
  const i32 = new Int32Array(buffer);
  const f32 = new Float32Array(buffer);
  const f64 = new Float64Array(buffer);

  const clampChannel = (value: number): number => (value < 0 ? 0 : value > channelMax ? channelMax : value);

  function reduce({ source, sourceWidth, factor, target, width, rows }: ReduceJob): void {
    const colour = 8 / (255 * factor * factor);
    const opacity = 8 / (factor * factor);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < width; x++) {
        let red = 0;
        let green = 0;
        let blue = 0;
        let alpha = 0;
        for (let row = 0; row < factor; row++) {
          let from = source + ((y * factor + row) * sourceWidth + x * factor) * 4;
          for (let column = 0; column < factor; column++, from += 4) {
            const a = u8[from + 3] ?? 0;
            red += (u8[from] ?? 0) * a;
            green += (u8[from + 1] ?? 0) * a;
            blue += (u8[from + 2] ?? 0) * a;
            alpha += a;
          }
        }
        const to = (target >> 1) + (y * width + x) * 4;
        i16[to] = Math.floor(red * colour + 0.5);
        i16[to + 1] = Math.floor(green * colour + 0.5);
        i16[to + 2] = Math.floor(blue * colour + 0.5);
        i16[to + 3] = Math.floor(alpha * opacity + 0.5);
      }
    }
  }

  function resampleRows(job: ResampleRowsJob): void {
    const { source, target, first, weights, taps, width, sourceWidth, firstRow, endRow } = job;
    for (let y = firstRow; y < endRow; y++) {
      let to = (target >> 1) + y * width * 4;
      for (let x = 0; x < width; x++, to += 4) {
        let from = (source >> 1) + (y * sourceWidth + (i32[(first >> 2) + x] ?? 0)) * 4;
        let weight = (weights >> 1) + x * taps;
        let red = 8192;
        let green = 8192;
        let blue = 8192;
        let alpha = 8192;
        for (let tap = 0; tap < taps; tap++, from += 4) {
          const factor = i16[weight++] ?? 0;
          red += (i16[from] ?? 0) * factor;
          green += (i16[from + 1] ?? 0) * factor;
          blue += (i16[from + 2] ?? 0) * factor;
          alpha += (i16[from + 3] ?? 0) * factor;
        }
        i16[to] = clampChannel(red >> 14);
        i16[to + 1] = clampChannel(green >> 14);
        i16[to + 2] = clampChannel(blue >> 14);
        i16[to + 3] = clampChannel(alpha >> 14);
      }
    }
  }

  function resampleColumns(job: ResampleColumnsJob): void {
    const { source, target, first, weights, taps, width, firstRow, endRow } = job;
    const stride = width * 4;
    for (let y = firstRow; y < endRow; y++) {
      const top = (source >> 1) + (i32[(first >> 2) + y] ?? 0) * stride;
      const weight = (weights >> 1) + y * taps;
      const to = (target >> 1) + y * stride;
      for (let x = 0; x < stride; x++) {
        let sum = 8192;
        for (let tap = 0; tap < taps; tap++) sum += (i16[top + tap * stride + x] ?? 0) * (i16[weight + tap] ?? 0);
        i16[to + x] = clampChannel(sum >> 14);
      }
    }
  }

  function warp(job: WarpJob): void {
    const { source, sourceWidth, sourceHeight, target, width, height, grid, gridWidth, gridHeight, weights } = job;
    const stepX = (gridWidth - 1) / width;
    const stepY = (gridHeight - 1) / height;
    for (let y = job.firstRow; y < job.endRow; y++) {
      const gridY = (y + 0.5) * stepY;
      const nodeY = Math.min(Math.floor(gridY), gridHeight - 2);
      const v = gridY - nodeY;
      let to = (target >> 1) + y * width * 4;
      for (let x = 0; x < width; x++, to += 4) {
        const gridX = (x + 0.5) * stepX;
        const nodeX = Math.min(Math.floor(gridX), gridWidth - 2);
        const u = gridX - nodeX;
        const node = (grid >> 3) + (nodeY * gridWidth + nodeX) * 2;
        const below = node + gridWidth * 2;
        const atX =
          ((f64[node] ?? 0) * (1 - u) + (f64[node + 2] ?? 0) * u) * (1 - v) +
          ((f64[below] ?? 0) * (1 - u) + (f64[below + 2] ?? 0) * u) * v;
        const atY =
          ((f64[node + 1] ?? 0) * (1 - u) + (f64[node + 3] ?? 0) * u) * (1 - v) +
          ((f64[below + 1] ?? 0) * (1 - u) + (f64[below + 3] ?? 0) * u) * v;
        const left = Math.floor(atX);
        const top = Math.floor(atY);
        const weightX = (weights >> 1) + Math.floor((atX - left) * 256 + 0.5) * 4;
        const weightY = (weights >> 1) + Math.floor((atY - top) * 256 + 0.5) * 4;
        let red = 65536;
        let green = 65536;
        let blue = 65536;
        let alpha = 65536;
        for (let j = 0; j < 4; j++) {
          const row = (source >> 1) + Math.max(0, Math.min(sourceHeight - 1, top - 1 + j)) * sourceWidth * 4;
          let rowRed = 1024;
          let rowGreen = 1024;
          let rowBlue = 1024;
          let rowAlpha = 1024;
          for (let i = 0; i < 4; i++) {
            const from = row + Math.max(0, Math.min(sourceWidth - 1, left - 1 + i)) * 4;
            const factor = i16[weightX + i] ?? 0;
            rowRed += (i16[from] ?? 0) * factor;
            rowGreen += (i16[from + 1] ?? 0) * factor;
            rowBlue += (i16[from + 2] ?? 0) * factor;
            rowAlpha += (i16[from + 3] ?? 0) * factor;
          }
          const factor = i16[weightY + j] ?? 0;
          red += (rowRed >> 11) * factor;
          green += (rowGreen >> 11) * factor;
          blue += (rowBlue >> 11) * factor;
          alpha += (rowAlpha >> 11) * factor;
        }
        i16[to] = clampChannel(red >> 17);
        i16[to + 1] = clampChannel(green >> 17);
        i16[to + 2] = clampChannel(blue >> 17);
        i16[to + 3] = clampChannel(alpha >> 17);
      }
    }
  }

  /**
   * Sums of squared differences of the patches of `a`, from the column `left` to before `right` of the row that ends with the
   * pixel row `y`, to those of `b`. Rows must come in order from 0; `scratch` keeps what the next one needs, and its last
   * row receives the sums.
   */
  function patchSums(y: number, { a, b, offset, left, right, width, height, scratch }: Sliding): void {
    const differences = (scratch >> 2) + y * width;
    const columns = (scratch >> 2) + width * height;
    const sums = columns + width;
    const end = right + edge;
    for (let x = left; x < end; x++) {
      const first = (a >> 1) + (y * width + x) * 4;
      const second = (b >> 1) + (y * width + x + offset) * 4;
      const red = (i16[first] ?? 0) - (i16[second] ?? 0);
      const green = (i16[first + 1] ?? 0) - (i16[second + 1] ?? 0);
      const blue = (i16[first + 2] ?? 0) - (i16[second + 2] ?? 0);
      const alpha = (i16[first + 3] ?? 0) - (i16[second + 3] ?? 0);
      const difference = (red * red + green * green + blue * blue + alpha * alpha) | 0;
      i32[differences + x] = difference;
      if (y === 0) i32[columns + x] = difference;
      else {
        const leaving = y < patchSide ? 0 : (i32[differences + x - patchSide * width] ?? 0);
        i32[columns + x] = (i32[columns + x] ?? 0) + difference - leaving;
      }
    }
    if (y < edge) return;
    let sum = 0;
    for (let x = left; x < left + edge; x++) sum = (sum + (i32[columns + x] ?? 0)) | 0;
    for (let x = left; x < right; x++) {
      sum = (sum + (i32[columns + x + edge] ?? 0)) | 0;
      i32[sums + x] = sum;
      sum = (sum - (i32[columns + x] ?? 0)) | 0;
    }
  }

  function selfSimilarity(job: SelfSimilarityJob): void {
    const { source, width, height, exclusion, distances, scratch, firstRow, endRow } = job;
    const across = width - edge;
    const sums = (scratch >> 2) + width * height + width;
    for (let dy = firstRow; dy < endRow; dy++) {
      for (let dx = dy === 0 ? exclusion : 1 - across; dx < across; dx++) {
        if (dy < exclusion && Math.abs(dx) < exclusion) continue;
        const left = Math.max(0, -dx);
        const right = Math.min(across, across - dx);
        const offset = dy * width + dx;
        for (let y = 0; y < height - dy; y++) {
          patchSums(y, { a: source, b: source, offset, left, right, width, height, scratch });
          if (y < edge) continue;
          for (let x = left; x < right; x++) {
            const sum = i32[sums + x] ?? 0;
            const here = (distances >> 2) + (y - edge) * across + x;
            const there = here + dy * across + dx;
            if (sum < (i32[here] ?? 0)) i32[here] = sum;
            if (sum < (i32[there] ?? 0)) i32[there] = sum;
          }
        }
      }
    }
  }

  /** The squared distance of two patches at indices of channels; ends early once it reaches the limit. */
  function patchDistance(query: number, key: number, stride: number, limit: number): number {
    let sum = 0;
    for (let row = 0; row < patchSide; row++) {
      const a = query + row * stride;
      const b = key + row * stride;
      for (let i = 0; i < patchSide * 4; i++) {
        const difference = (i16[a + i] ?? 0) - (i16[b + i] ?? 0);
        sum = (sum + difference * difference) | 0;
      }
      if ((row === 1 || row === 3) && sum >= limit) return sum;
    }
    return sum;
  }

  /** The rows and columns of patches for which a displacement stays inside. */
  function denoiseCosts(job: DenoiseJob): void {
    const { noisy, source, width, height, radius, locality, keyLocality, costScale, costs, least, scratch } = job;
    const across = width - edge;
    const down = height - edge;
    const sums = (scratch >> 2) + width * height + width;
    const scale = Math.fround(costScale);
    for (let dy = job.firstRow; dy < job.endRow; dy++) {
      const top = Math.max(0, -dy);
      const rows = down - Math.abs(dy);
      for (let dx = -Math.min(radius, across - 1); dx <= Math.min(radius, across - 1); dx++) {
        const left = Math.max(0, -dx);
        const right = Math.min(across, across - dx);
        const plane = (costs >> 2) + ((dy + radius) * (2 * radius + 1) + dx + radius) * across * down;
        const apart = Math.fround(dx * dx + dy * dy);
        const a = noisy + top * width * 8;
        const b = source + top * width * 8;
        for (let y = 0; y < rows + edge; y++) {
          patchSums(y, { a, b, offset: dy * width + dx, left, right, width, height, scratch });
          if (y < edge) continue;
          const row = (top + y - edge) * across;
          for (let x = left; x < right; x++) {
            const keyPatch = row + x + dy * across + dx;
            const step = Math.fround((f32[(locality >> 2) + row + x] ?? 0) + (f32[(keyLocality >> 2) + keyPatch] ?? 0));
            const cost = Math.fround(Math.fround(Math.fround(i32[sums + x] ?? 0) * scale) + Math.fround(apart * step));
            f32[plane + row + x] = cost;
            const so = (least >> 2) + row + x;
            if (cost < (f32[so] ?? 0)) f32[so] = cost;
          }
        }
      }
    }
  }

  function denoiseMeans(job: DenoiseJob): void {
    const { source, width, height, radius, costs, least, exponential, sums, totals, scratch } = job;
    const across = width - edge;
    const down = height - edge;
    const half = edge >> 1;
    const weights = scratch >> 2;
    for (let dy = job.firstRow; dy < job.endRow; dy++) {
      const top = Math.max(0, -dy);
      const bottom = Math.min(down, down - dy);
      for (let dx = -Math.min(radius, across - 1); dx <= Math.min(radius, across - 1); dx++) {
        const left = Math.max(0, -dx);
        const right = Math.min(across, across - dx);
        const plane = (costs >> 2) + ((dy + radius) * (2 * radius + 1) + dx + radius) * across * down;
        for (let y = top; y < bottom; y++) {
          const row = y * across;
          let any = 0;
          for (let x = left; x < right; x++) {
            const excess = Math.fround(
              Math.fround((f32[plane + row + x] ?? 0) - (f32[(least >> 2) + row + x] ?? 0)) * 64,
            );
            const weight = excess >= 768 ? 0 : (i32[(exponential >> 2) + Math.trunc(excess)] ?? 0);
            i32[weights + x] = weight;
            const total = (totals >> 2) + row + x;
            i32[total] = (i32[total] ?? 0) + weight;
            any |= weight;
          }
          if (any === 0) continue;
          // The outermost patches also speak for the pixels between their middle and the border.
          const firstPixelRow = y === 0 ? 0 : y + half;
          const lastPixelRow = y === down - 1 ? height - 1 : y + half;
          const firstPixel = left === 0 ? 0 : left + half;
          const endPixel = right === across ? width : right + half;
          for (let pixelRow = firstPixelRow; pixelRow <= lastPixelRow; pixelRow++) {
            for (let pixel = firstPixel; pixel < endPixel; pixel++) {
              const weight = i32[weights + Math.max(0, Math.min(across - 1, pixel - half))] ?? 0;
              if (weight === 0) continue;
              const to = (sums >> 2) + (pixelRow * width + pixel) * 4;
              const from = (source >> 1) + ((pixelRow + dy) * width + pixel + dx) * 4;
              i32[to] = (i32[to] ?? 0) + (i16[from] ?? 0) * weight;
              i32[to + 1] = (i32[to + 1] ?? 0) + (i16[from + 1] ?? 0) * weight;
              i32[to + 2] = (i32[to + 2] ?? 0) + (i16[from + 2] ?? 0) * weight;
              i32[to + 3] = (i32[to + 3] ?? 0) + (i16[from + 3] ?? 0) * weight;
            }
          }
        }
      }
    }
  }

  /** Calls back with the cost of each pair of patches at some displacements. */
  function eachCost(job: ExactMatchJob, use: (queryPatch: number, keyPatch: number, cost: number) => void): void {
    const { query, key, width, height, placeWeights, keyWeights, keyCosts, strength, scratch } = job;
    const across = width - edge;
    const down = height - edge;
    const sums = (scratch >> 2) + width * height + width;
    const step = Math.fround(strength);
    for (let dy = job.firstRow; dy < job.endRow; dy++) {
      const top = Math.max(0, -dy);
      const rows = down - Math.abs(dy);
      for (let dx = 1 - across; dx < across; dx++) {
        const left = Math.max(0, -dx);
        const right = Math.min(across, across - dx);
        const apart = Math.fround(Math.fround(dx * dx + dy * dy) * step);
        const a = query + top * width * 8;
        const b = key + top * width * 8;
        for (let y = 0; y < rows + edge; y++) {
          patchSums(y, { a, b, offset: dy * width + dx, left, right, width, height, scratch });
          if (y < edge) continue;
          const row = (top + y - edge) * across;
          for (let x = left; x < right; x++) {
            const keyPatch = row + x + dy * across + dx;
            const weight = Math.fround(
              (f32[(placeWeights >> 2) + row + x] ?? 0) + (f32[(keyWeights >> 2) + keyPatch] ?? 0),
            );
            const likeness = Math.fround(Math.fround(i32[sums + x] ?? 0) + (f32[(keyCosts >> 2) + keyPatch] ?? 0));
            use(row + x, keyPatch, Math.fround(likeness + Math.fround(apart * weight)));
          }
        }
      }
    }
  }

  function leastCosts(job: ExactMatchJob): void {
    const { active, keys } = job;
    eachCost(job, (queryPatch, keyPatch, cost) => {
      if (u8[active + queryPatch] !== 0 && cost < (f32[(keys >> 2) + keyPatch] ?? 0))
        f32[(keys >> 2) + keyPatch] = cost;
    });
  }

  function exactMatch(job: ExactMatchJob): void {
    const { active, keys, best, field, width } = job;
    const across = width - edge;
    eachCost(job, (queryPatch, keyPatch, cost) => {
      const value = Math.fround(cost * (f32[(keys >> 2) + keyPatch] ?? 0));
      if (u8[active + queryPatch] === 0 || value >= (f32[(best >> 2) + queryPatch] ?? 0)) return;
      f32[(best >> 2) + queryPatch] = value;
      const y = Math.floor(keyPatch / across);
      i32[(field >> 2) + queryPatch] = (y << 16) | (keyPatch - y * across);
    });
  }

  function placeWeight({ placeWeights, columns, rows }: PriorAddresses, x: number, y: number): number {
    return f64[(placeWeights >> 3) + (i32[(rows >> 2) + y] ?? 0) + (i32[(columns >> 2) + x] ?? 0)] ?? 0;
  }

  function priorCost(
    { strength, keyWeights, keyCosts, columns, rows }: PriorAddresses,
    place: number,
    x: number,
    y: number,
    keyX: number,
    keyY: number,
  ): number {
    const cell = (i32[(rows >> 2) + keyY] ?? 0) + (i32[(columns >> 2) + keyX] ?? 0);
    const apart = (keyX - x) * (keyX - x) + (keyY - y) * (keyY - y);
    return strength * (place + (f64[(keyWeights >> 3) + cell] ?? 0)) * apart + (f64[(keyCosts >> 3) + cell] ?? 0);
  }

  function search(job: SearchJob): void {
    const { query, key, width, height, active, field, result, prior, radius, goodEnough } = job;
    const across = width - edge;
    const down = height - edge;
    const stride = width * 4;
    for (let y = job.firstRow; y < job.endRow; y++) {
      for (let x = 0; x < across; x++) {
        const patch = y * across + x;
        const start = i32[(field >> 2) + patch] ?? 0;
        if (u8[active + patch] === 0) {
          i32[(result >> 2) + patch] = start;
          continue;
        }
        const from = (query >> 1) + (y * width + x) * 4;
        const place = placeWeight(prior, x, y);
        let matchX = start & 0xffff;
        let matchY = start >> 16;
        let best =
          patchDistance(from, (key >> 1) + (matchY * width + matchX) * 4, stride, 0x7fffffff) +
          priorCost(prior, place, x, y, matchX, matchY);
        const attempt = (keyX: number, keyY: number): void => {
          const extra = priorCost(prior, place, x, y, keyX, keyY);
          if (extra >= best) return;
          const distance = patchDistance(from, (key >> 1) + (keyY * width + keyX) * 4, stride, best - extra);
          if (distance + extra >= best) return;
          best = distance + extra;
          matchX = keyX;
          matchY = keyY;
        };
        if (best > goodEnough) {
          const neighbour = (address: number, stepX: number, stepY: number): void => {
            const match = i32[address] ?? 0;
            const keyX = (match & 0xffff) + stepX;
            const keyY = (match >> 16) + stepY;
            if (keyX < 0 || keyY < 0 || keyX >= across || keyY >= down) return;
            if (keyX === matchX && keyY === matchY) return;
            attempt(keyX, keyY);
          };
          if (x > 0) neighbour((result >> 2) + patch - 1, 1, 0);
          if (y > 0) neighbour((result >> 2) + patch - across, 0, 1);
          if (x < across - 1) neighbour((field >> 2) + patch + 1, -1, 0);
          if (y < down - 1) neighbour((field >> 2) + patch + across, 0, -1);
        }
        if (best > goodEnough) {
          const centreX = matchX;
          const centreY = matchY;
          const left = Math.max(0, centreX - radius);
          const right = Math.min(across - 1, centreX + radius);
          const top = Math.max(0, centreY - radius);
          const bottom = Math.min(down - 1, centreY + radius);
          for (let keyY = top; keyY <= bottom; keyY++) {
            for (let keyX = left; keyX <= right; keyX++) {
              if (keyX !== centreX || keyY !== centreY) attempt(keyX, keyY);
            }
          }
        }
        i32[(result >> 2) + patch] = (matchY << 16) | matchX;
      }
    }
  }

  function vote({ source, target, width, height, field, weights, scratch, firstRow, endRow }: VoteJob): void {
    const across = width - edge;
    const down = height - edge;
    const matches = field >> 2;
    const factors = weights >> 2;
    const rowsAlike = scratch >> 2;
    let counted = -1;
    for (let y = firstRow; y < endRow; y++) {
      const top = Math.max(0, y - edge);
      const bottom = Math.min(down - 1, y);
      // For each column of patches: how many rows up from `bottom` have the same offset.
      for (let row = counted < 0 ? top : counted + 1; row <= bottom; row++) {
        for (let x = 0; x < across; x++) {
          const at = matches + row * across + x;
          const isSame = row > top && i32[at] === (i32[at - across] ?? 0) + 0x10000;
          i32[rowsAlike + x] = isSame ? (i32[rowsAlike + x] ?? 0) + 1 : 1;
        }
        counted = row;
      }
      const lastRow = matches + bottom * across;
      let columnsAlike = 0;
      for (let x = 0; x < width; x++) {
        const left = Math.max(0, x - edge);
        const right = Math.min(across - 1, x);
        const to = (target >> 1) + (y * width + x) * 4;
        if (x < across) {
          if ((i32[rowsAlike + x] ?? 0) <= bottom - top) columnsAlike = 0;
          else if (columnsAlike > 0 && i32[lastRow + x] === (i32[lastRow + x - 1] ?? 0) + 1) columnsAlike += 1;
          else columnsAlike = 1;
        }
        if (columnsAlike > right - left) {
          // All patches here agree, so their mean is the pixel itself.
          const match = i32[lastRow + right] ?? 0;
          const from = (source >> 1) + (((match >> 16) + y - bottom) * width + (match & 0xffff) + x - right) * 4;
          i16[to] = i16[from] ?? 0;
          i16[to + 1] = i16[from + 1] ?? 0;
          i16[to + 2] = i16[from + 2] ?? 0;
          i16[to + 3] = i16[from + 3] ?? 0;
          continue;
        }
        let red = 0;
        let green = 0;
        let blue = 0;
        let alpha = 0;
        let total = 0;
        for (let patchY = top; patchY <= bottom; patchY++) {
          for (let patchX = left; patchX <= right; patchX++) {
            const match = i32[matches + patchY * across + patchX] ?? 0;
            const factor = (i32[factors + y - patchY] ?? 0) * (i32[factors + x - patchX] ?? 0);
            const from = (source >> 1) + (((match >> 16) + y - patchY) * width + (match & 0xffff) + x - patchX) * 4;
            red += (i16[from] ?? 0) * factor;
            green += (i16[from + 1] ?? 0) * factor;
            blue += (i16[from + 2] ?? 0) * factor;
            alpha += (i16[from + 3] ?? 0) * factor;
            total += factor;
          }
        }
        const share = Math.fround(1 / total);
        i16[to] = Math.trunc(Math.fround(Math.fround(Math.fround(red) * share) + 0.5));
        i16[to + 1] = Math.trunc(Math.fround(Math.fround(Math.fround(green) * share) + 0.5));
        i16[to + 2] = Math.trunc(Math.fround(Math.fround(Math.fround(blue) * share) + 0.5));
        i16[to + 3] = Math.trunc(Math.fround(Math.fround(Math.fround(alpha) * share) + 0.5));
      }
    }
  }

  function tone(job: ToneJob): void {
    const { source, target, width, tables, nodes, origin, across, down, firstRow, endRow } = job;
    const interval = channelMax / (nodes - 1);
    const toByte = Math.fround(1 / (interval * 256 * 8));
    const byteOf = (sum: number): number => Math.trunc(Math.fround(Math.fround(Math.fround(sum) * toByte) + 0.5));
    for (let y = firstRow; y < endRow; y++) {
      for (let x = 0; x < width; x++) {
        const from = (source >> 1) + (y * width + x) * 4;
        const to = target + (y * width + x) * 4;
        const alpha = i16[from + 3] ?? 0;
        if (alpha < 4) {
          i32[to >> 2] = 0;
          continue;
        }
        let red = Math.min(i16[from] ?? 0, alpha);
        let green = Math.min(i16[from + 1] ?? 0, alpha);
        let blue = Math.min(i16[from + 2] ?? 0, alpha);
        if (alpha < channelMax) {
          red = Math.floor((red * channelMax + (alpha >> 1)) / alpha);
          green = Math.floor((green * channelMax + (alpha >> 1)) / alpha);
          blue = Math.floor((blue * channelMax + (alpha >> 1)) / alpha);
        }
        const light = Math.max(0, Math.min(256, (origin + x * across + y * down) >> 16));
        const nodeRed = Math.min(nodes - 2, Math.floor(red / interval));
        const nodeGreen = Math.min(nodes - 2, Math.floor(green / interval));
        const nodeBlue = Math.min(nodes - 2, Math.floor(blue / interval));
        const restRed = red - nodeRed * interval;
        const restGreen = green - nodeGreen * interval;
        const restBlue = blue - nodeBlue * interval;
        // The tetrahedron of the cube that holds the colour: its edges follow the channels from the largest rest down.
        const stepRed = nodes * nodes * 8;
        const stepGreen = nodes * 8;
        let firstStep = 8;
        let secondStep = 8;
        let high = restBlue;
        let middle = restBlue;
        let low = restBlue;
        if (restRed >= restGreen) {
          if (restGreen >= restBlue) {
            [firstStep, secondStep, high, middle, low] = [stepRed, stepGreen, restRed, restGreen, restBlue];
          } else if (restRed >= restBlue) {
            [firstStep, secondStep, high, middle, low] = [stepRed, 8, restRed, restBlue, restGreen];
          } else {
            [firstStep, secondStep, high, middle, low] = [8, stepRed, restBlue, restRed, restGreen];
          }
        } else if (restBlue >= restGreen) {
          [firstStep, secondStep, high, middle, low] = [8, stepGreen, restBlue, restGreen, restRed];
        } else if (restBlue >= restRed) {
          [firstStep, secondStep, high, middle, low] = [stepGreen, 8, restGreen, restBlue, restRed];
        } else {
          [firstStep, secondStep, high, middle, low] = [stepGreen, stepRed, restGreen, restRed, restBlue];
        }
        const node = (tables >> 1) + nodeRed * stepRed + nodeGreen * stepGreen + nodeBlue * 8;
        const second = node + firstStep;
        const third = second + secondStep;
        const last = node + stepRed + stepGreen + 8;
        const colour = (channel: number): number => {
          const dark =
            (i16[node + channel] ?? 0) * (interval - high) +
            (i16[second + channel] ?? 0) * (high - middle) +
            (i16[third + channel] ?? 0) * (middle - low) +
            (i16[last + channel] ?? 0) * low;
          const bright =
            (i16[node + 4 + channel] ?? 0) * (interval - high) +
            (i16[second + 4 + channel] ?? 0) * (high - middle) +
            (i16[third + 4 + channel] ?? 0) * (middle - low) +
            (i16[last + 4 + channel] ?? 0) * low;
          return byteOf(dark * (256 - light) + bright * light);
        };
        u8[to] = colour(0);
        u8[to + 1] = colour(1);
        u8[to + 2] = colour(2);
        u8[to + 3] = (alpha + 4) >> 3;
      }
    }
  }

  return {
    kind: "plain",
    memory: { buffer },
    start: 0,
    reduce,
    resampleRows,
    resampleColumns,
    warp,
    selfSimilarity,
    denoiseCosts,
    denoiseMeans,
    leastCosts,
    exactMatch,
    search,
    vote,
    tone,
  };
}
