package io.videoml.doctor;

import io.videoml.doctor.Finding.Severity;
import io.videoml.doctor.StreamReport.Picture;
import io.videoml.frame.ColorSpace;
import java.util.List;
import java.util.Locale;

/** Pictures that look wrong. */
final class PictureFindings {
  /** Share of samples that lie beyond the limited range at both of its ends. */
  private static final double BEYOND = 0.01;

  private PictureFindings() {}

  static void add(StreamReport report, List<Finding> findings) {
    Picture picture = report.picture().orElse(null);
    if (picture == null) {
      return;
    }
    if (picture.colorSpace().range() == ColorSpace.Range.LIMITED
        && picture.black() > BEYOND
        && picture.white() > BEYOND) {
      findings.add(
          new Finding(
              Symptom.COLOUR_ARTEFACTS,
              Severity.WARNING,
              String.format(
                  Locale.ROOT,
                  "the stream counts as limited range (16 to 235), but %.1f %% of its pixels are darker and %.1f %%"
                      + " brighter",
                  100 * picture.black(),
                  100 * picture.white()),
              "it is full range and does not say so: contrast comes out too hard; set the camera to say so, or to"
                  + " limited range"));
    }
    if (picture.blank() > 0) {
      findings.add(
          new Finding(
              Symptom.COLOUR_ARTEFACTS,
              Severity.WARNING,
              "the first %d frame(s) were all grey or green, and not marked as damaged"
                  .formatted(picture.blank()),
              "the stream was joined before a key frame: drop frames until the first with FrameInfo.keyFrame(),"
                  + " or have the camera send key frames more often"));
    }
  }
}
