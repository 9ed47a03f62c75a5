import type { Analysis } from "../analyse/analyse-image.ts";
import type { Settings } from "../resolve-options.ts";
import { chooseTone } from "../tone/choose-tone.ts";
import { chooseView } from "../transform/choose-view.ts";
import { measureMargins } from "../transform/measure-margins.ts";
import { predictLikeness, type Change } from "./predict-likeness.ts";

/** How much further each attempt goes than `strength` says. */
const boosts = [1, 1.35, 1.8, 2.4];

/**
 * Draws a view and a tone. Where an image is so smooth that these would hardly show, they go further, until the prediction
 * says that they do.
 */
export function chooseChange(analysis: Analysis, settings: Settings, seed: number): Change {
  const { strength } = settings;
  const likeEnough = Math.max(0.78, 1 - strength / 3);
  let change = drawChange(analysis, settings, seed, 1);
  for (const boost of boosts) {
    if (boost > 1) change = drawChange(analysis, settings, seed, boost);
    if (strength === 0 || predictLikeness(analysis.light, change) <= likeEnough) break;
  }
  return change;
}

function drawChange(analysis: Analysis, settings: Settings, seed: number, boost: number): Change {
  const { strength } = settings;
  const { surface, meanRigidity, width, height } = analysis;
  // Mirrored text cannot be read, and a logo is not itself.
  const canFlip = surface.graphics < 0.3 && analysis.text.length === 0;
  const view = chooseView({
    seed,
    // Flat art is itself by its shape.
    reach: 2 * strength * (1 + (boost - 1) * (1 - surface.graphics)),
    flip: settings.flip === "auto" ? canFlip && seed % 2 === 1 : settings.flip === "always",
    aspectRatio: settings.width / settings.height,
    surface,
    rigidity: meanRigidity,
    // Rather cut off a little of the subject than change nothing.
    margins: measureMargins(analysis.rigidity, boost * boost),
    kept: analysis.text.map(({ x, y, width: across, height: down }) => ({
      left: x / width,
      top: y / height,
      right: (x + across) / width,
      bottom: (y + down) / height,
    })),
  });
  if (!settings.tone) return { view, tone: undefined };
  const { graphics, uniformBorder } = surface;
  const amount = Math.min(2, Math.min(2 * strength, 1.3) * boost);
  return { view, tone: chooseTone({ seed, amount, graphics, uniformBorder, ...analysis.colours }) };
}
