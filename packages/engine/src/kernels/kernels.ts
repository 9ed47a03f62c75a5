/**
 * The inner loops, over one block of memory. Two implementations exist, WASM SIMD and plain TypeScript, and give the same
 * bits: what they compute is integers, or doubles in the same order.
 *
 * Addresses are bytes from the start of the memory. An image is `width * height` pixels of four 16-bit channels: red,
 * green, blue, premultiplied by alpha, and alpha, each from 0 to {@link channelMax}.
 */
export interface Kernels {
  readonly kind: "simd" | "plain";
  readonly memory: { readonly buffer: ArrayBuffer };
  /** The first address that the kernels leave to the caller. */
  readonly start: number;
  /** Averages blocks of `factor` × `factor` RGBA bytes of straight alpha into pixels. */
  readonly reduce: (job: ReduceJob) => void;
  /** Resamples rows, then columns: one direction per call. */
  readonly resampleRows: (job: ResampleRowsJob) => void;
  readonly resampleColumns: (job: ResampleColumnsJob) => void;
  /** Looks an image up at the places that a map names, with a cubic filter. */
  readonly warp: (job: WarpJob) => void;
  /** The least squared distance of each patch to a patch at least `exclusion` pixels away. */
  readonly selfSimilarity: (job: SelfSimilarityJob) => void;
  /** Costs of replacing each patch by the ones at some displacements, and the least of each patch. */
  readonly denoiseCosts: (job: DenoiseJob) => void;
  /** Adds the pixels at some displacements into weighted sums. */
  readonly denoiseMeans: (job: DenoiseJob) => void;
  /** The least cost of each key patch, over some displacements. */
  readonly leastCosts: (job: ExactMatchJob) => void;
  /** The key patch of least normalised cost for each query patch, over some displacements. */
  readonly exactMatch: (job: ExactMatchJob) => void;
  /** Finds better matches round the ones that are there, for some rows of patches. */
  readonly search: (job: SearchJob) => void;
  /** Blends the matched patches into an image, for some rows of pixels. */
  readonly vote: (job: VoteJob) => void;
  /** Changes the tone of some rows, and writes RGBA bytes of straight alpha. */
  readonly tone: (job: ToneJob) => void;
}

/** The value of a full channel: 8 × 255. */
export const channelMax = 2040;
/** The side of a patch in pixels. */
export const patchSide = 7;

export interface ReduceJob {
  readonly source: number;
  readonly sourceWidth: number;
  readonly factor: number;
  readonly target: number;
  readonly width: number;
  readonly rows: number;
}

/** `first` holds the first source pixel of each target pixel, `weights` its `taps` weights of 14 bits. */
interface ResampleJob {
  readonly source: number;
  readonly target: number;
  readonly first: number;
  readonly weights: number;
  readonly taps: number;
  readonly width: number;
}

export interface ResampleRowsJob extends ResampleJob {
  readonly sourceWidth: number;
  readonly firstRow: number;
  readonly endRow: number;
}

export interface ResampleColumnsJob extends ResampleJob {
  readonly sourceHeight: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** The map is a grid of doubles, x and y in pixels of the source, read between its nodes. */
export interface WarpJob {
  readonly source: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly target: number;
  readonly width: number;
  readonly height: number;
  readonly grid: number;
  readonly gridWidth: number;
  readonly gridHeight: number;
  /** Cubic weights of 14 bits: four for each of 257 fractions. */
  readonly weights: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** Distances are 32-bit integers, one for each patch. */
export interface SelfSimilarityJob extends DisplacementJob {
  readonly source: number;
  readonly exclusion: number;
  readonly distances: number;
}

/** Two images of one size; the second is looked up at displacements, row by row of them. */
interface DisplacementJob {
  readonly width: number;
  readonly height: number;
  /** Takes `width * height + width * 2` 32-bit integers. */
  readonly scratch: number;
  /** Displacements downwards, from this one to before `endRow`. */
  readonly firstRow: number;
  readonly endRow: number;
}

export interface DenoiseJob extends DisplacementJob {
  readonly noisy: number;
  readonly source: number;
  /** Displacements go this far each way. */
  readonly radius: number;
  /** Floats: how much a step of one pixel costs each patch, and what it costs to take each patch one pixel away. */
  readonly locality: number;
  readonly keyLocality: number;
  /** The float by which squared distances are multiplied. */
  readonly costScale: number;
  /** Floats: the costs of each patch at each displacement, `(2 * radius + 1)²` planes of them. */
  readonly costs: number;
  /** Floats: the least cost of each patch. */
  readonly least: number;
  /** 32-bit weights, 64 for each unit of cost beyond the least, up to 12, and a 0 behind them. */
  readonly exponential: number;
  /** Four 32-bit sums for each pixel. */
  readonly sums: number;
  /** The 32-bit total weight of each patch. */
  readonly totals: number;
}

/**
 * Floats for each patch: what a step costs the query, what it costs the key, what the key costs anyway, and the least or the
 * factor of each key.
 */
export interface ExactMatchJob extends DisplacementJob {
  readonly query: number;
  readonly key: number;
  readonly active: number;
  readonly placeWeights: number;
  readonly keyWeights: number;
  readonly keyCosts: number;
  readonly strength: number;
  readonly keys: number;
  /** Floats: the least normalised cost of each query patch so far. */
  readonly best: number;
  readonly field: number;
}

interface MatchJob {
  readonly query: number;
  readonly key: number;
  readonly width: number;
  readonly height: number;
  /** Bytes: 0 where a patch keeps its match. */
  readonly active: number;
  /** 32-bit: the match of each patch, `y << 16 | x`. */
  readonly field: number;
  /** The prior: the double `strength * (placeWeight + keyWeight) * distance² + keyCost` is added to each cost. */
  readonly prior: PriorAddresses;
}

export interface PriorAddresses {
  readonly strength: number;
  /** Doubles by cell of the layout. */
  readonly placeWeights: number;
  readonly keyWeights: number;
  readonly keyCosts: number;
  /** 32-bit: the cell's column of each patch column, and the cell's offset of each patch row. */
  readonly columns: number;
  readonly rows: number;
}

export interface SearchJob extends MatchJob {
  /** Where the better matches go; rows above `firstRow` are there already. */
  readonly result: number;
  /** The window is `2 * radius + 1` pixels wide. */
  readonly radius: number;
  /** A match as good as this is not improved. */
  readonly goodEnough: number;
  readonly firstRow: number;
  readonly endRow: number;
}

export interface VoteJob {
  readonly source: number;
  readonly target: number;
  readonly width: number;
  readonly height: number;
  readonly field: number;
  /** 32-bit: the seven weights of a patch's rows and columns. */
  readonly weights: number;
  /** Takes 32-bit integers, one for each patch of a row. */
  readonly scratch: number;
  readonly firstRow: number;
  readonly endRow: number;
}

/** Two tables of colours, one for each end of the light's gradient, with `nodes`³ pixels each. */
export interface ToneJob {
  readonly source: number;
  readonly target: number;
  readonly width: number;
  readonly height: number;
  readonly tables: number;
  readonly nodes: number;
  /** How the gradient goes: its value of 8 bits is `origin + x * across + y * down`, in 1/65536. */
  readonly origin: number;
  readonly across: number;
  readonly down: number;
  readonly firstRow: number;
  readonly endRow: number;
}
