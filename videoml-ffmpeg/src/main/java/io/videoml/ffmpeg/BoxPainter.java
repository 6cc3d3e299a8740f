package io.videoml.ffmpeg;

import io.videoml.detect.Box;
import io.videoml.detect.Detection;
import io.videoml.tensor.Placement;
import java.util.List;

/** Draws boxes, labels and confidences; sizes go with the picture's. */
final class BoxPainter {
  private final Canvas canvas;
  private final Placement place;
  private final int line;
  private final int dot;

  private BoxPainter(Canvas canvas) {
    this.canvas = canvas;
    this.place = canvas.place();
    int height = place.height();
    this.line = Math.max(2, height / 270 / 2 * 2);
    this.dot = Math.max(1, Math.round(height / 360f));
  }

  /** Draws the least confident first, so that the surest lie on top. */
  static void paint(Canvas canvas, List<Detection> detections) {
    BoxPainter painter = new BoxPainter(canvas);
    detections.stream()
        .sorted((a, b) -> Float.compare(a.confidence(), b.confidence()))
        .forEach(painter::paint);
  }

  private void paint(Detection detection) {
    Box box = detection.box();
    int left = x(box.x1());
    int top = y(box.y1());
    int right = Math.max(left + line, x(box.x2()));
    int bottom = Math.max(top + line, y(box.y2()));
    Ink ink = Ink.ofClass(detection.classId());
    canvas.fill(left, top, right, top + line, ink);
    canvas.fill(left, bottom - line, right, bottom, ink);
    canvas.fill(left, top, left + line, bottom, ink);
    canvas.fill(right - line, top, right, bottom, ink);
    label(detection.label() + " " + Math.round(detection.confidence() * 100) + "%", left, top, ink);
  }

  /** Above the box, or within where there is no room above. */
  private void label(String text, int left, int top, Ink ink) {
    int margin = dot;
    int width = text.length() * (BitmapFont.WIDTH + 1) * dot + 2 * margin;
    int height = BitmapFont.HEIGHT * dot + 2 * margin;
    int x = Math.max(place.x(), Math.min(left, place.x() + place.width() - width));
    int y = top - height >= place.y() ? top - height : Math.max(place.y(), top);
    canvas.fill(x, y, x + width, y + height, ink);
    Ink letters = ink.contrast();
    for (int i = 0; i < text.length(); i++) {
      int letterX = x + margin + i * (BitmapFont.WIDTH + 1) * dot;
      for (int row = 0; row < BitmapFont.HEIGHT; row++) {
        for (int column = 0; column < BitmapFont.WIDTH; column++) {
          if (BitmapFont.ink(text.charAt(i), column, row)) {
            int dotX = letterX + column * dot;
            int dotY = y + margin + row * dot;
            canvas.fillLuma(dotX, dotY, dotX + dot, dotY + dot, letters);
          }
        }
      }
    }
  }

  private int x(float sourceX) {
    return place.x() + Math.round(sourceX * place.width() / place.sourceWidth());
  }

  private int y(float sourceY) {
    return place.y() + Math.round(sourceY * place.height() / place.sourceHeight());
  }
}
