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
  /** One step of patch diffusion for some rows of patches: adds weighted mean patches and counts into `sums`. */
  readonly denoise: (job: DenoiseJob) => void;
  /** Distances of some query patches to every key patch. */
  readonly distances: (job: DistancesJob) => void;
  /** The key patch of least normalised distance, for some query patches. */
  readonly nearest: (job: NearestJob) => void;
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

/** Distances are 32-bit integers, `(width − 6) × (height − 6)`; `scratch` takes `width * height * 2` of them. */
export interface SelfSimilarityJob {
  readonly source: number;
  readonly width: number;
  readonly height: number;
  readonly exclusion: number;
  readonly distances: number;
  readonly scratch: number;
  /** Displacements are taken from this row to before `endRow`; they go from 0 to `height − 7`. */
  readonly firstRow: number;
  readonly endRow: number;
}

export interface DenoiseJob {
  readonly noisy: number;
  readonly source: number;
  readonly width: number;
  readonly height: number;
  /** A byte for each patch: 0 where it stays as it is. */
  readonly active: number;
  /** Four 32-bit sums and their 32-bit count for each pixel, as five planes interleaved. */
  readonly sums: number;
  /** Doubles: how much a step of one pixel costs, for each patch. */
  readonly locality: number;
  /** Bytes of radius, for each patch. */
  readonly radii: number;
  /** Weights of 9 bits: 64 for each unit of cost, up to 12. */
  readonly exponential: number;
  readonly costScale: number;
  readonly scratch: number;
  /** Only each `stride`-th patch is taken, both ways. */
  readonly stride: number;
  readonly firstRow: number;
  readonly endRow: number;
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
  /** The prior: the double `strength * (placeWeight + keyWeight) * distance²` is added to each cost. */
  readonly prior: PriorAddresses;
}

export interface PriorAddresses {
  readonly strength: number;
  /** Doubles by cell of the layout. */
  readonly placeWeights: number;
  readonly keyWeights: number;
  /** 32-bit: the cell's column of each patch column, and the cell's offset of each patch row. */
  readonly columns: number;
  readonly rows: number;
}

/** `distances` holds a 32-bit float for each pair; `best` the least for each key. */
export interface DistancesJob extends MatchJob {
  readonly distances: number;
  readonly best: number;
  readonly firstQuery: number;
  readonly endQuery: number;
}

export interface NearestJob {
  readonly distances: number;
  /** Floats by which each key's distances are multiplied. */
  readonly factors: number;
  readonly field: number;
  readonly active: number;
  readonly patchesAcross: number;
  readonly keys: number;
  readonly firstQuery: number;
  readonly endQuery: number;
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
