package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_QSCALE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT470BG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.FF_QP2LAMBDA;

import io.videoml.detect.Detection;
import io.videoml.frame.ColorSpace;
import io.videoml.frame.Frame;
import io.videoml.frame.FrameInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.jspecify.annotations.Nullable;

/** Writes frames as JPEG files, each complete once it appears under its name. */
final class JpegDirectory implements FrameFiles {
  private static final ColorSpace JFIF =
      new ColorSpace(ColorSpace.Matrix.BT601, ColorSpace.Range.FULL);

  private final Path directory;
  private final int quality;
  private final Pictures pictures = new Pictures();
  private @Nullable Encoder encoder;

  /**
   * Creates the directory where it is missing.
   *
   * @param quality 1 for the best to 31 for the smallest
   */
  JpegDirectory(Path directory, int quality) {
    if (quality < 1 || quality > 31) {
      throw new IllegalArgumentException(
          "quality must be within 1 (best) to 31 (smallest), was " + quality);
    }
    this.directory = directory;
    this.quality = quality;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new FfmpegException(
          directory, "the directory cannot be made; check its parent's permissions", e);
    }
    if (!Files.isWritable(directory)) {
      throw new FfmpegException(directory, "files cannot be written here; check the permissions");
    }
  }

  @Override
  public Path write(Frame frame, List<Detection> detections) {
    FrameInfo info = frame.info();
    int width = info.width() + (info.width() & 1);
    int height = info.height() + (info.height() & 1);
    Path file = directory.resolve(name(info));
    try (Canvas canvas = Canvas.of(frame, width, height, JFIF, pictures)) {
      BoxPainter.paint(canvas, detections);
      canvas.picture().quality(quality * FF_QP2LAMBDA);
      int result =
          encoder(file, width, height).encode(canvas.picture(), packet -> save(packet, file));
      if (result < 0) {
        throw new FfmpegException(file, "cannot be encoded: " + AvError.text(result));
      }
    }
    return file;
  }

  private Encoder encoder(Path file, int width, int height) {
    Encoder open = encoder;
    if (open != null && open.context().width() == width && open.context().height() == height) {
      return open;
    }
    freeEncoder();
    try {
      open =
          new Encoder(
              avcodec_find_encoder(AV_CODEC_ID_MJPEG),
              c -> settings(c, width, height),
              new AVDictionary(null));
    } catch (IllegalStateException e) {
      throw new FfmpegException(file, "a JPEG of " + width + "x" + height + " cannot be made", e);
    }
    encoder = open;
    return open;
  }

  private static void settings(AVCodecContext context, int width, int height) {
    context.width(width);
    context.height(height);
    context.pix_fmt(AV_PIX_FMT_YUV420P);
    context.color_range(AVCOL_RANGE_JPEG);
    context.colorspace(AVCOL_SPC_BT470BG);
    context.time_base().num(1).den(25);
    context.flags(context.flags() | AV_CODEC_FLAG_QSCALE);
    context.qmin(1);
    context.qmax(31);
  }

  private static void save(AVPacket packet, Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    ByteBuffer data = packet.data().capacity(packet.size()).asByteBuffer();
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        while (data.hasRemaining()) {
          channel.write(data);
        }
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(part);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw new FfmpegException(file, "cannot be written; is the disk full?", e);
    }
  }

  private static String name(FrameInfo info) {
    Duration time = info.time().pts();
    return String.format(
        Locale.ROOT,
        "%06d_%02dh%02dm%02d.%03ds.jpg",
        info.index(),
        time.toHours(),
        time.toMinutesPart(),
        time.toSecondsPart(),
        time.toMillisPart());
  }

  /** Frees the encoder; the next frame makes another. */
  private void freeEncoder() {
    Encoder open = encoder;
    encoder = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    freeEncoder();
    pictures.close();
  }
}
