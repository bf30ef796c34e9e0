"""Masks of the browser against masks of Python: the same images, the same prompts."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser
from pycocotools import mask as coco_mask

from bench.browser_page import encoded_photo
from bench.photographs import PHOTOS

PROMPTS = 200
SEED = 0

# Every prompt goes to the page's own decoder and to the server, where torch answers it.
ASK_BOTH = """async ({ image, prompts }) => {
  const { DecoderClient } = await import('/static/js/inference/decoder_client.js');
  const { logitsFromJson, logitsToJson } = await import('/static/js/inference/logits_json.js');
  const workerUrl = new URL('/static/js/workers/decoder_worker.js', location.href);
  const client = new DecoderClient({ workerUrl });
  await client.load(await (await fetch('/api/model')).json());
  const embedding = await (await fetch(`/api/images/${image.id}/embedding`)).arrayBuffer();
  const imageSize = { width: image.width, height: image.height };
  await client.setImage({ imageId: image.id, embedding, imageSize });
  const answers = [];
  let earlier = null;
  for (const { refines, ...prompt } of prompts) {
    const previousLogits = refines && earlier ? logitsFromJson(earlier) : null;
    const mask_input = previousLogits && earlier;
    const { candidates } = await client.decode({ ...prompt, previousLogits });
    const response = await fetch(`/api/images/${image.id}/decode`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...prompt, mask_input }),
    });
    const theirs = await response.json();
    earlier = logitsToJson(candidates[0].logits, candidates[0].side);
    answers.push({
      browser: candidates.map(({ rle }) => rle),
      python: theirs.candidates.map(({ segmentation }) => segmentation),
    });
  }
  client.dispose();
  return answers;
}"""


def measure_agreement(browser: Browser, address: str, count: int = PROMPTS) -> dict[str, float]:
    """Return the smallest IoU between a mask of the browser and the same mask of Python.

    Args:
        browser: A browser.
        address: A server.
        count: How many prompts to ask, on all sample photographs together.
    """
    photos = sorted(PHOTOS.glob("*.jpg"))
    chance = random.Random(SEED)
    overlaps: list[float] = []
    for place, photo in enumerate(photos):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/api/health")
        image = encoded_photo(context.request, address, photo.read_bytes(), photo.name)
        share = count // len(photos) + (place < count % len(photos))
        prompts = [random_prompt(chance, image["width"], image["height"]) for _ in range(share)]
        answers = page.evaluate(ASK_BOTH, {"image": image, "prompts": prompts})
        overlaps += [worst_overlap(answer["browser"], answer["python"]) for answer in answers]
        context.close()
    return {"agreement_min_iou": round(min(overlaps), 6), "agreement_prompts": len(overlaps)}


def random_prompt(chance: random.Random, width: int, height: int) -> dict[str, Any]:
    """Return one to four points, or a box, or both; every third corrects the mask before it."""

    def place() -> tuple[float, float]:
        return chance.uniform(0, width), chance.uniform(0, height)

    points = [
        {"x": x, "y": y, "label": int(index == 0 or chance.random() < 0.5)}
        for index, (x, y) in enumerate(place() for _ in range(chance.randint(1, 4)))
    ]
    kind = chance.choice(("points", "box", "both"))
    (x0, y0), (x1, y1) = place(), place()
    box = [min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1]
    return {
        "points": [] if kind == "box" else points,
        "box": None if kind == "points" else [*box[:2], min(box[2], width), min(box[3], height)],
        "refines": chance.random() < 1 / 3,
    }


def worst_overlap(ones: list[dict[str, Any]], others: list[dict[str, Any]]) -> float:
    """Return the smallest IoU of masks at the same place; 1 where both are empty.

    Raises:
        RuntimeError: If there are not equally many.
    """
    if len(ones) != len(others):
        raise RuntimeError(
            f"browser and Python must offer equally many masks, got {len(ones)} and {len(others)}"
        )
    return min(overlap(*map(pixels_of, pair)) for pair in zip(ones, others, strict=True))


def overlap(one: NDArray[np.bool_], other: NDArray[np.bool_]) -> float:
    """Return the IoU of two masks; 1 where both are empty."""
    either = int((one | other).sum())
    return int((one & other).sum()) / either if either else 1.0


def pixels_of(rle: dict[str, Any]) -> NDArray[np.bool_]:
    """Return the pixels of a mask in COCO's compressed code."""
    decoded: NDArray[np.uint8] = coco_mask.decode(rle)
    return decoded.astype(np.bool_)
