import type { Analysis } from "../analyse/analyse-image.ts";
import type { Settings } from "../resolve-options.ts";
import { chooseTone } from "../tone/choose-tone.ts";
import { chooseView } from "../transform/choose-view.ts";
import { measureMargins } from "../transform/measure-margins.ts";
import { predictLikeness, type Change } from "./predict-likeness.ts";

/** The strengths to go on to, one after the other, if an image would hardly change. */
const furtherStrengths = [0.6, 0.9, 1.3, 1.9];

/**
 * Draws a view and a tone. Where an image is so smooth that these would hardly show, they go further, until the prediction
 * says that they do.
 */
export function chooseChange(analysis: Analysis, settings: Settings, seed: number): Change {
  const { strength } = settings;
  const likeEnough = Math.max(0.78, 1 - strength / 3);
  let change = drawChange(analysis, settings, { seed, strength, isFurther: false });
  if (strength === 0) return change;
  for (const further of furtherStrengths) {
    if (further <= strength) continue;
    if (predictLikeness(analysis.light, change) <= likeEnough) break;
    change = drawChange(analysis, settings, { seed, strength: further, isFurther: true });
  }
  return change;
}

interface Draw {
  readonly seed: number;
  readonly strength: number;
  /** Whether that is more than the caller's strength, because less would not show. */
  readonly isFurther: boolean;
}

function drawChange(analysis: Analysis, settings: Settings, { seed, strength, isFurther }: Draw): Change {
  const { surface, meanRigidity, width, height } = analysis;
  const { graphics, uniformBorder } = surface;
  // Mirrored text cannot be read, and a logo is not itself.
  const canFlip = graphics < 0.3 && analysis.text.length === 0;
  const view = chooseView({
    seed,
    // Flat art is itself by its shape.
    reach: 2 * (settings.strength + (strength - settings.strength) * (1 - graphics)),
    flip: settings.flip === "auto" ? canFlip && seed % 2 === 1 : settings.flip === "always",
    aspectRatio: settings.width / settings.height,
    surface,
    rigidity: meanRigidity,
    // Rather cut off a little of the subject than change nothing.
    margins: measureMargins(analysis.subject, isFurther ? 1 + 2 * strength * strength : 1),
    kept: analysis.text.map(({ x, y, width: across, height: down }) => ({
      left: x / width,
      top: y / height,
      right: (x + across) / width,
      bottom: (y + down) / height,
    })),
  });
  if (!settings.tone) return { view, tone: undefined };
  // Beyond 1.3, light and colour look unnatural, unless there is little else to see.
  const amount = Math.min(2 * strength, isFurther ? 1.3 + 0.56 * Math.max(0, strength - 0.65) : 1.3);
  const least = isFurther ? Math.min(0.7, 0.37 * strength) : 0;
  return { view, tone: chooseTone({ seed, amount, least, graphics, uniformBorder, ...analysis.colours }) };
}
