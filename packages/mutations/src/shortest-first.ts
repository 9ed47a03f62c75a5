import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The order of test files in which a fault is noticed soonest: those that noticed the one before, then those that take the
 * least time. Vitest's own order, the longest first, is for many files at once.
 */
export default class ShortestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const results = new Map(files.map((file) => [file, this.ctx.cache.getTestSpecificationResult(file)]));
    const failed = (file: TestSpecification): number => Number(results.get(file)?.failed ?? false);
    const duration = (file: TestSpecification): number => results.get(file)?.duration ?? 0;
    return files.toSorted((a, b) => failed(b) - failed(a) || duration(a) - duration(b));
  }
}
