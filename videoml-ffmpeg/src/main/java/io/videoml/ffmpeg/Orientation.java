package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;

import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.javacpp.IntPointer;

/**
 * How a stored picture is turned and mirrored for display.
 *
 * @param transposed whether rows become columns
 * @param flippedX whether what is shown left is stored at the end of its axis
 * @param flippedY whether what is shown at the top is stored at the end of its axis
 */
record Orientation(boolean transposed, boolean flippedX, boolean flippedY) {
  static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** Returns what the stream's display matrix says. */
  static Orientation of(AVCodecParameters parameters) {
    AVPacketSideData data =
        av_packet_side_data_get(
            parameters.coded_side_data(),
            parameters.nb_coded_side_data(),
            AV_PKT_DATA_DISPLAYMATRIX);
    if (data == null || data.size() < 9 * Integer.BYTES) {
      return UPRIGHT;
    }
    IntPointer matrix = new IntPointer(data.data());
    return of(matrix.get(0), matrix.get(1), matrix.get(3), matrix.get(4));
  }

  /**
   * Of the matrix that takes stored (x, y) to shown (a*x + c*y, b*x + d*y); turns by other angles
   * are left out.
   */
  static Orientation of(int a, int b, int c, int d) {
    if (b == 0 && c == 0) {
      return new Orientation(false, a < 0, d < 0);
    }
    if (a == 0 && d == 0) {
      return new Orientation(true, c < 0, b < 0);
    }
    return UPRIGHT;
  }
}
