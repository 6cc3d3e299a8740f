package io.videoml.examples;

import io.videoml.ffmpeg.FfmpegSource;
import io.videoml.ffmpeg.KeyFrame;
import io.videoml.ffmpeg.KeyFrames;
import io.videoml.testkit.DemoClip;
import java.nio.file.Path;

/**
 * Lists the key frames of a file, then writes them as JPEG files. Arguments: a directory, and a
 * video.
 */
public final class KeyFramesToJpeg {
  private KeyFramesToJpeg() {}

  /** Prints times and files. */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments.length > 0 ? arguments[0] : "keyframes");
    FfmpegSource source =
        FfmpegSource.of(arguments.length > 1 ? Path.of(arguments[1]) : DemoClip.video());

    for (KeyFrame keyFrame : KeyFrames.list(source)) { // decodes nothing
      System.out.println("frame " + keyFrame.index() + " at " + keyFrame.time());
    }
    for (Path file :
        KeyFrames.extract(source, directory, /* quality= */ 3)) { // decodes key frames only
      System.out.println(file);
    }
  }
}
