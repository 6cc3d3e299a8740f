package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_descriptor_get_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_free;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.videoml.packet.EncodedFormat;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import org.bytedeco.ffmpeg.avcodec.AVCodecDescriptor;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.javacpp.BytePointer;

/** What FFmpeg's decoders need to know of an encoding before its first packet. */
final class EncodedParameters implements AutoCloseable {
  private static final int MOST_REORDERED = 16;

  private final AVCodecParameters parameters;

  private EncodedParameters(AVCodecParameters parameters) {
    this.parameters = parameters;
    NativeCount.opened();
  }

  /**
   * Copies what is known of a format.
   *
   * @param delayNanos how much later than decoded the first picture is shown
   * @throws SourceException if FFmpeg knows no such encoding
   */
  static EncodedParameters of(EncodedFormat format, long delayNanos, String source) {
    AVCodecDescriptor descriptor = avcodec_descriptor_get_by_name(format.codec());
    if (descriptor == null || descriptor.type() != AVMEDIA_TYPE_VIDEO) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          source,
          "FFmpeg knows no video codec \"" + format.codec() + "\"; send H.264 or H.265");
    }
    ByteBuffer data = PrivateData.of(format, source);
    EncodedParameters made = new EncodedParameters(avcodec_parameters_alloc());
    try {
      made.fill(descriptor, format, delayNanos, data);
      return made;
    } catch (RuntimeException | Error e) {
      made.close();
      throw e;
    }
  }

  private void fill(
      AVCodecDescriptor descriptor, EncodedFormat format, long delayNanos, ByteBuffer data) {
    parameters.codec_type(AVMEDIA_TYPE_VIDEO);
    parameters.codec_id(descriptor.id());
    parameters.width(format.width());
    parameters.height(format.height());
    parameters.video_delay(reordered(format, delayNanos));
    if (data.hasRemaining()) {
      parameters.extradata(copy(data));
      parameters.extradata_size(data.remaining());
    }
  }

  /**
   * Returns how many pictures to hold back from the start. Not every H.264 stream says so, and the
   * decoder would find out by pictures that come too late. Of times without sense the delay may
   * have overflowed.
   */
  private static int reordered(EncodedFormat format, long delayNanos) {
    double pictures = delayNanos / 1e9 * format.frameRate().orElse(0);
    return (int) Math.max(0, Math.min(MOST_REORDERED, Math.ceil(pictures - 0.1)));
  }

  private static BytePointer copy(ByteBuffer data) {
    int size = data.remaining();
    BytePointer memory = new BytePointer(av_mallocz((long) size + AV_INPUT_BUFFER_PADDING_SIZE));
    memory.capacity(size).asByteBuffer().put(data.duplicate());
    return memory;
  }

  /** Returns them; they stay until this is closed. */
  AVCodecParameters get() {
    return parameters;
  }

  @Override
  public void close() {
    avcodec_parameters_free(parameters);
    NativeCount.closed();
  }
}
