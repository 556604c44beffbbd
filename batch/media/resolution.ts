import media from '../../schemas/media.json';
import type { Model } from '../cost/models';
import type { Size } from './image-header';

const { patch_px: PATCH, tiers } = media.resolution;

/** Tokens that an image of this size costs where nothing scales it down. */
export function imageTokens({ width, height }: Size): number {
  return Math.ceil(width / PATCH) * Math.ceil(height / PATCH);
}

/** The most tokens that an image costs a model of this tier. */
export function mostImageTokens(tier: Model['image_tier']): number {
  return tiers[tier].max_tokens;
}

/**
 * The size at which a model of this tier sees an image: unchanged where it fits, otherwise the largest of the same shape.
 * Source: the reference implementation in platform.claude.com/docs/en/build-with-claude/vision-coordinates (2026-08-21).
 */
export function seenSize(image: Size, tier: Model['image_tier']): Size {
  if (fits(image, tier)) return image;
  if (image.height > image.width) {
    const turned = seenSize({ width: image.height, height: image.width }, tier);
    return { width: turned.height, height: turned.width };
  }
  const scaled = (width: number): Size => ({
    width,
    height: Math.max(1, roundHalfToEven((width * image.height) / image.width)),
  });
  let fitting = 1;
  for (let tooWide = image.width; fitting + 1 < tooWide; ) {
    const middle = Math.floor((fitting + tooWide) / 2);
    if (fits(scaled(middle), tier)) fitting = middle;
    else tooWide = middle;
  }
  return scaled(fitting);
}

function fits(image: Size, tier: Model['image_tier']): boolean {
  const { max_side_px, max_tokens } = tiers[tier];
  const padded = (side: number) => Math.ceil(side / PATCH) * PATCH;
  return padded(image.width) <= max_side_px && padded(image.height) <= max_side_px && imageTokens(image) <= max_tokens;
}

function roundHalfToEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
