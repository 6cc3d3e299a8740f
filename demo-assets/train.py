#!/usr/bin/env python3
"""Trains the demo detector from scratch on rendered scenes and exports it to ONNX.

The network is a small anchor-free convolutional detector with strides 8 and 16.  The ONNX
file has one input `images` [1, 3, 192, 320] (RGB, 0..1, letterboxed with grey 114) and one
output `output0` [1, 6, 1200]: cx, cy, w, h in network pixels, then one score per class with
the sigmoid applied.

    train.py data   --work DIR [--scenes N] [--per-scene N]   render the training frames
    train.py fit    --work DIR [--epochs N]                   train, keeping DIR/model.pt
    train.py export --work DIR --out FILE                     write the ONNX file
"""
from __future__ import annotations

import argparse
import io
import math
import time
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from PIL import Image

import render

NET_H, NET_W, CLASS_COUNT = 192, 320, 2
IMG_H, IMG_W = 180, 320           # a 640x360 frame at half size, before padding
PAD_TOP = (NET_H - IMG_H) // 2
GREY = 114 / 255
STRIDES = (8, 16)
TRAIN_SEED, VAL_SEED = 100_000, 900_000   # scene seeds count up from these; the clip uses others
MAX_OBJECTS = 24
LEARN_VISIBLE = 0.5   # training asks for objects seen by half; the clip's truth is a little milder


# ---------------------------------------------------------------------- data

def shrink(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Halves a frame with one of the resamplers an application may use."""
    size = (IMG_W, IMG_H)
    choice = rng.integers(4)
    if choice == 0:    # bilinear without anti-aliasing, sampled at pixel centres (equals 2x2 means here)
        return image.resize(size, Image.BOX)
    if choice == 1:    # bilinear without anti-aliasing, sampled off-centre
        dx, dy = rng.uniform(0, 1, 2)
        return image.transform(size, Image.AFFINE, (2, 0, dx - .5, 0, 2, dy - .5), Image.BILINEAR)
    if choice == 2:    # bicubic
        return image.resize(size, Image.BICUBIC)
    return image.resize(size, Image.BILINEAR)  # a triangle as wide as the scale, as swscale does


def degrade(frame: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Compression artefacts for most frames, then the resize to network scale."""
    image = Image.fromarray(frame)
    if rng.random() < 0.7:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=int(rng.integers(40, 91)), subsampling=2)
        image = Image.open(buffer).convert("RGB")
    return np.asarray(shrink(image, rng))


def render_scene(job: tuple[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Frames of one scene and their labels: rows of class, x1, y1, x2, y2, ignore (network scale)."""
    seed, count = job
    render.MIN_VISIBLE = LEARN_VISIBLE
    rng = np.random.default_rng([seed, 5])
    duration = 10.0
    scene = render.make_scene(seed, duration=duration)
    frames = np.zeros((count, IMG_H, IMG_W, 3), np.uint8)
    labels = np.full((count, MAX_OBJECTS, 6), -1, np.float32)
    for i in range(count):
        frame, objects = scene.render(float(rng.uniform(0, duration)))
        frames[i] = degrade(frame, rng)
        for j, o in enumerate(objects[-MAX_OBJECTS:]):
            labels[i, j] = [o["classId"], *[v / 2 for v in o["box"]], o["ignore"]]
    return frames, labels


def build_data(work: Path, scenes: int, per_scene: int) -> None:
    """Renders training and validation frames with two processes."""
    work.mkdir(parents=True, exist_ok=True)
    for name, seed, n in (("train", TRAIN_SEED, scenes), ("val", VAL_SEED, max(10, scenes // 16))):
        start = time.time()
        with Pool(2) as pool:
            parts = pool.map(render_scene, [(seed + i, per_scene) for i in range(n)], chunksize=4)
        np.save(work / f"{name}-frames.npy", np.concatenate([p[0] for p in parts]))
        np.save(work / f"{name}-labels.npy", np.concatenate([p[1] for p in parts]))
        print(f"{name}: {n} scenes, {n * per_scene} frames, {time.time() - start:.0f} s", flush=True)


def to_network(frames: torch.Tensor) -> torch.Tensor:
    """uint8 NHWC frames at network scale to a padded float batch."""
    x = frames.permute(0, 3, 1, 2).float() / 255
    return F.pad(x, (0, 0, PAD_TOP, NET_H - IMG_H - PAD_TOP), value=GREY)


def augment(x: torch.Tensor, labels: torch.Tensor, rng: np.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """Mirroring, zoom and shift, and colour changes; labels become network pixels."""
    n = len(x)
    boxes = labels[..., 1:5].clone()
    boxes[..., 1::2] += PAD_TOP
    labels = labels.clone()
    for i in range(n):
        if rng.random() < 0.5:
            x[i] = x[i].flip(-1)
            boxes[i, :, [0, 2]] = NET_W - boxes[i, :, [2, 0]]
    zoom = torch.ones(n)
    shift = torch.zeros(n, 2)
    for i in range(n):
        if rng.random() < 0.4:
            zoom[i] = math.exp(rng.uniform(-.25, .25))
            shift[i] = torch.tensor(rng.uniform(-.25, .25, 2))
    theta = torch.zeros(n, 2, 3)
    theta[:, 0, 0] = theta[:, 1, 1] = 1 / zoom
    theta[:, :, 2] = shift
    moved = F.grid_sample(x - GREY, F.affine_grid(theta, list(x.shape), align_corners=False), align_corners=False) + GREY
    changed = zoom != 1
    x = torch.where(changed[:, None, None, None], moved, x)
    half = torch.tensor([NET_W, NET_H, NET_W, NET_H]) / 2
    center = shift.repeat(1, 2)[:, None, :]
    boxes = ((boxes / half - 1 - center) * zoom[:, None, None] + 1) * half
    area = (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])
    boxes = torch.minimum(boxes.clamp(min=0), half * 2)
    kept = (boxes[..., 2] - boxes[..., 0]) * (boxes[..., 3] - boxes[..., 1])
    labels[..., 5] = torch.where(kept < .6 * area, torch.ones(()), labels[..., 5])
    labels[..., 0] = torch.where(kept < 2, -torch.ones(()), labels[..., 0])
    labels[..., 1:5] = boxes

    gain = torch.tensor(rng.uniform(.75, 1.25, (n, 1, 1, 1)) * rng.uniform(.92, 1.08, (n, 3, 1, 1)), dtype=x.dtype)
    offset = torch.tensor(rng.uniform(-.06, .06, (n, 1, 1, 1)), dtype=x.dtype)
    grey = x.mean(1, keepdim=True)
    saturation = torch.tensor(rng.uniform(.6, 1.3, (n, 1, 1, 1)), dtype=x.dtype)
    return ((grey + (x - grey) * saturation) * gain + offset).clamp(0, 1), labels


# ---------------------------------------------------------------------- network

def conv(cin: int, cout: int, k: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(cin, cout, k, stride, k // 2, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True))


class Residual(nn.Module):
    """Two 3x3 convolutions through a narrower middle."""

    def __init__(self, c: int, middle: int):
        super().__init__()
        self.a, self.b = conv(c, middle, 3), conv(middle, c, 3)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x + self.b(self.a(x))


class Context(nn.Module):
    """Widens the field of view with stacked max pools."""

    def __init__(self, c: int):
        super().__init__()
        self.narrow, self.merge = conv(c, c // 2, 1), conv(c // 2 * 3, c, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        a = self.narrow(x)
        b = F.max_pool2d(a, 5, 1, 2)
        return self.merge(torch.cat([a, b, F.max_pool2d(b, 5, 1, 2)], 1))


class Head(nn.Module):
    """Side distances and class logits of one stride."""

    def __init__(self, c: int, middle: int, stride: int):
        super().__init__()
        self.cells = (NET_H // stride) * (NET_W // stride)
        self.tower = conv(c, middle, 3)
        self.sides, self.classes = nn.Conv2d(middle, 4, 1), nn.Conv2d(middle, CLASS_COUNT, 1)
        nn.init.constant_(self.sides.bias, 1.0)
        nn.init.constant_(self.classes.bias, -4.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        t = self.tower(x)
        return torch.cat([self.sides(t), self.classes(t)], 1).reshape(-1, 4 + CLASS_COUNT, self.cells)


class Detector(nn.Module):
    """Backbone to stride 16, one top-down step to stride 8, and a head on each."""

    def __init__(self) -> None:
        super().__init__()
        self.stage4 = nn.Sequential(conv(3, 16, 3, 2), conv(16, 32, 3, 2), Residual(32, 16))
        self.stage8 = nn.Sequential(conv(32, 56, 3, 2), Residual(56, 32), Residual(56, 32))
        self.stage16 = nn.Sequential(conv(56, 72, 3, 2), Residual(72, 36), Residual(72, 36), Context(72))
        self.down = conv(72, 56, 1)
        self.merge = nn.Sequential(conv(112, 56, 1), Residual(56, 32))
        self.head8, self.head16 = Head(56, 48, 8), Head(72, 48, 16)
        centers, scale = [], []
        for s in STRIDES:
            ys, xs = torch.meshgrid(torch.arange(NET_H // s), torch.arange(NET_W // s), indexing="ij")
            centers.append((torch.stack([xs, ys]).flatten(1).float() + .5) * s)
            scale.append(torch.full((1, centers[-1].shape[1]), float(s)))
        self.register_buffer("centers", torch.cat(centers, 1)[None], persistent=False)   # [1, 2, A]
        self.register_buffer("scale", torch.cat(scale, 1)[None], persistent=False)       # [1, 1, A]

    def sides(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Distances from each cell centre to left and top, to right and bottom, and class logits."""
        p8 = self.stage8(self.stage4(x))
        p16 = self.stage16(p8)
        p8 = self.merge(torch.cat([p8, F.interpolate(self.down(p16), scale_factor=2.0, mode="nearest")], 1))
        out = torch.cat([self.head8(p8), self.head16(p16)], 2)
        sides = F.softplus(out[:, :4]) * self.scale.expand(1, 4, -1)
        return sides[:, :2], sides[:, 2:], out[:, 4:]

    def raw(self, x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Boxes as x1, y1, x2, y2 [N, 4, A] and class logits [N, C, A]."""
        low, high, logits = self.sides(x)
        return torch.cat([self.centers - low, self.centers + high], 1), logits

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Boxes as center and size in network pixels, then class scores: [N, 4 + C, A]."""
        low, high, logits = self.sides(x)
        return torch.cat([(high - low) * 0.5 + self.centers, low + high, torch.sigmoid(logits)], 1)


# ---------------------------------------------------------------------- loss

def overlap(a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """IoU and complete IoU of boxes with corners in the last dimension."""
    wh = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0)
    sa, sb = a[..., 2:] - a[..., :2], b[..., 2:] - b[..., :2]
    inter = wh.prod(-1)
    iou = inter / (sa.prod(-1) + sb.prod(-1) - inter + 1e-6)
    hull = torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])
    gap = ((a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) ** 2).sum(-1) / 4
    v = 4 / math.pi ** 2 * (torch.atan(sb[..., 0] / (sb[..., 1] + 1e-6)) - torch.atan(sa[..., 0] / (sa[..., 1] + 1e-6))) ** 2
    with torch.no_grad():
        alpha = v / (1 - iou + v + 1e-6)
    return iou, iou - gap / ((hull ** 2).sum(-1) + 1e-6) - alpha * v


class Loss:
    """Task-aligned assignment: each object takes the cells that score and fit it best."""

    def __init__(self, model: Detector, top: int = 8):
        self.centers, self.scale, self.top = model.centers[0].T, model.scale[0, 0], top

    @torch.no_grad()
    def assign(self, boxes: torch.Tensor, scores: torch.Tensor, labels: torch.Tensor):
        """Per cell: object index, target score, and whether the cell counts as background."""
        n, a, m = boxes.shape[0], boxes.shape[1], labels.shape[1]
        gt, real = labels[..., 1:5], (labels[..., 0] >= 0)
        active = real & (labels[..., 5] < .5)
        middle, half = (gt[..., :2] + gt[..., 2:]) / 2, (gt[..., 2:] - gt[..., :2]) / 2
        reach = torch.maximum(half[:, :, None], 0.75 * self.scale[None, None, :, None].expand(1, 1, a, 2))
        inside = ((self.centers[None, None] - middle[:, :, None]).abs() < reach).all(-1)         # [N, M, A]
        iou, _ = overlap(boxes[:, None], gt[:, :, None])
        index = labels[..., 0].long().clamp(min=0)[..., None].expand(n, m, a)
        metric = scores.transpose(1, 2).gather(1, index).sqrt() * iou ** 4 * inside * active[..., None]
        kth = metric.topk(self.top, dim=-1).values[..., -1:]
        chosen = (metric >= kth.clamp(min=1e-9))
        owner = torch.where(chosen, metric, torch.zeros(())).max(1)
        positive = owner.values > 0
        strength = metric / (metric.amax(-1, keepdim=True) + 1e-9)
        best = torch.where(chosen, iou, torch.zeros(())).amax(-1, keepdim=True)
        target = (strength * best.clamp(min=.5).sqrt()).gather(1, owner.indices[:, None])[:, 0] * positive
        hidden = (inside & (real & ~active)[..., None]).any(1)
        return owner.indices, target, positive, ~(hidden & ~positive)

    def __call__(self, boxes: torch.Tensor, logits: torch.Tensor, labels: torch.Tensor):
        boxes, logits = boxes.transpose(1, 2), logits.transpose(1, 2)
        owner, target, positive, counted = self.assign(boxes.detach(), logits.detach().sigmoid(), labels)
        chosen = labels.gather(1, owner[..., None].expand(-1, -1, 6))
        goal = F.one_hot(chosen[..., 0].long().clamp(min=0), CLASS_COUNT) * target[..., None]
        total = target.sum().clamp(min=1)
        p = logits.sigmoid()
        weight = torch.where(goal > 0, torch.ones(()), 0.75 * p.detach() ** 1.5 + .02) + (goal - p.detach()).abs() * (goal > 0)
        classes = (F.binary_cross_entropy_with_logits(logits, goal, reduction="none") * weight * counted[..., None]).sum() / total
        _, ciou = overlap(boxes[positive], chosen[..., 1:5][positive])
        return classes, ((1 - ciou) * target[positive]).sum() / total


# ---------------------------------------------------------------------- training

def fit(work: Path, epochs: int, batch: int = 16, peak: float = 2.5e-3) -> None:
    """Trains with AdamW, a one-cycle schedule and averaged weights.

    One thread keeps the sums in a fixed order and loses little on a shared machine.
    """
    torch.manual_seed(0)
    torch.set_num_threads(1)
    rng = np.random.default_rng(0)
    frames = torch.from_numpy(np.load(work / "train-frames.npy"))
    labels = torch.from_numpy(np.load(work / "train-labels.npy"))
    model = Detector().to(memory_format=torch.channels_last)
    average = Detector()
    average.load_state_dict(model.state_dict())
    print(f"{sum(p.numel() for p in model.parameters())} parameters, {len(frames)} frames", flush=True)
    decay = [p for p in model.parameters() if p.ndim > 1]
    plain = [p for p in model.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": .02}, {"params": plain, "weight_decay": 0.0}], lr=peak)
    steps = len(frames) // batch
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, peak, total_steps=epochs * steps, pct_start=.08, final_div_factor=200)
    loss, start, step = Loss(model), time.time(), 0
    for epoch in range(epochs):
        model.train()
        sums = np.zeros(2)
        for part in torch.from_numpy(rng.permutation(len(frames)))[:steps * batch].view(steps, batch):
            x, y = augment(to_network(frames[part]), labels[part], rng)
            classes, boxes = loss(*model.raw(x.contiguous(memory_format=torch.channels_last)), y)
            optimizer.zero_grad()
            (classes + 2 * boxes).backward()
            nn.utils.clip_grad_norm_(model.parameters(), 10.0)
            optimizer.step()
            schedule.step()
            step += 1
            blend(average, model, min(.998, step / (step + 20)))
            sums += [classes.item(), boxes.item()]
            if step % 100 == 0:
                print(f"  step {step}: class {classes.item():.3f} box {boxes.item():.3f} {time.time() - start:.0f} s", flush=True)
        torch.save(average.state_dict(), work / "model.pt")
        print(f"epoch {epoch + 1}: class {sums[0] / steps:.3f} box {sums[1] / steps:.3f} {time.time() - start:.0f} s", flush=True)


@torch.no_grad()
def blend(average: nn.Module, model: nn.Module, keep: float) -> None:
    """Moves the averaged weights a little towards the current ones."""
    for a, b in zip(average.state_dict().values(), model.state_dict().values()):
        if a.dtype.is_floating_point:
            a.mul_(keep).add_(b, alpha=1 - keep)


def load(work: Path) -> Detector:
    """The trained network, ready for inference."""
    model = Detector()
    model.load_state_dict(torch.load(work / "model.pt"), strict=False)
    return model.eval()


# ---------------------------------------------------------------------- export

def best_confidence(model: Detector, work: Path) -> float:
    """The confidence with the best F1 on the validation frames."""
    import evaluate

    def run(x: np.ndarray) -> np.ndarray:
        with torch.no_grad():
            return model(torch.from_numpy(x))[0].numpy()

    candidates = np.arange(.2, .7, .02)
    counts = np.zeros((len(candidates), 3))  # right, wrong, missed
    for frame, rows in zip(np.load(work / "val-frames.npy"), np.load(work / "val-labels.npy")):
        objects = [{"classId": int(r[0]), "box": r[1:5], "ignore": r[5] > .5} for r in rows if r[0] >= 0]
        found = evaluate.detect(run, frame, 1.0, float(candidates[0]))
        for i, c in enumerate(candidates):
            verdict, missed = evaluate.match(found[found[:, 4] >= c], objects)
            counts[i] += [(verdict == 1).sum(), (verdict == 0).sum(), len(missed)]
    f1 = 2 * counts[:, 0] / (2 * counts[:, 0] + counts[:, 1] + counts[:, 2])
    best = int(f1.argmax())
    print(f"validation: F1 {f1[best]:.3f} at confidence {candidates[best]:.2f}")
    return float(candidates[best])


def recenter(model: Detector, confidence: float, target: float = 0.32, slope: float = 1.6) -> None:
    """Moves `confidence` to `target` and spreads the scores around it; their order stays."""
    logit = lambda p: math.log(p / (1 - p))
    for head in (model.head8, model.head16):
        head.classes.weight.data *= slope
        head.classes.bias.data = slope * (head.classes.bias.data - logit(confidence)) + logit(target)


def export(work: Path, out: Path) -> None:
    """Writes the ONNX file with the metadata that Ultralytics exports carry.

    Scores are rescaled first so that the best confidence on validation frames lies between the
    usual settings 0.25 and 0.4, and both of them near it.
    """
    import onnx

    model = load(work)
    recenter(model, best_confidence(model, work))
    torch.onnx.export(model, torch.zeros(1, 3, NET_H, NET_W), str(out), opset_version=13,
                      input_names=["images"], output_names=["output0"])
    proto = onnx.load(str(out))
    proto.ir_version = min(proto.ir_version, 8)
    proto.producer_name, proto.producer_version = "videoml", ""
    for node in proto.graph.node:
        node.doc_string = ""
    onnx.helper.set_model_props(proto, {
        "description": "videoml demo detector (yolov8 layout)", "author": "videoml", "license": "Apache-2.0",
        "task": "detect", "stride": str(max(STRIDES)), "batch": "1", "imgsz": str([NET_H, NET_W]),
        "names": str(dict(enumerate(render.CLASSES)))})
    onnx.checker.check_model(proto)
    onnx.save(proto, str(out))
    print(f"{out.name}: {out.stat().st_size} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=["data", "fit", "export"])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=640)
    parser.add_argument("--per-scene", type=int, default=12)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    if args.step == "data":
        build_data(args.work, args.scenes, args.per_scene)
    elif args.step == "fit":
        fit(args.work, args.epochs)
    else:
        export(args.work, args.out)


if __name__ == "__main__":
    main()
