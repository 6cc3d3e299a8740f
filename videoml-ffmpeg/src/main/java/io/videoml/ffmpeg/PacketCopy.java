package io.videoml.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_NEW_EXTRADATA;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_get_side_data;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.videoml.frame.CaptureClock;
import io.videoml.frame.FrameTime;
import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import io.videoml.packet.PacketInfo;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * Copies the packets of one stream out of native memory, each over the one before, and says of each
 * when it is shown.
 */
final class PacketCopy {
  private final PacketInput input;
  private final CaptureTimes captured;
  private volatile EncodedFormat format;
  private byte[] memory = new byte[1 << 16];
  private int size;
  private long index;
  private long origin = AV_NOPTS_VALUE;
  private long originNanos;
  private long ptsNanos;
  private long dtsNanos = Long.MIN_VALUE;
  private boolean key;
  private boolean hidden;

  PacketCopy(PacketInput input) {
    this.input = input;
    this.captured = new CaptureTimes(input.live());
    AVCodecParameters parameters = input.parameters();
    this.format = formatOf(bytes(parameters.extradata(), parameters.extradata_size()));
  }

  EncodedFormat format() {
    return format;
  }

  /**
   * Takes the packet that the input read last.
   *
   * @return false where it comes before the first key frame, and is left out
   */
  boolean take() {
    AVPacket packet = input.packet();
    key = (packet.flags() & AV_PKT_FLAG_KEY) != 0;
    if (!key && index == 0) {
      return false;
    }
    hidden = (packet.flags() & AV_PKT_FLAG_DISCARD) != 0;
    adoptFormat(packet);
    time(packet);
    size = packet.size();
    if (size > memory.length) {
      memory = new byte[Math.max(size, 2 * memory.length)];
    }
    if (size > 0) {
      packet.data().get(memory, 0, size);
    }
    index++;
    return true;
  }

  /** Returns the packet that was taken; its data stays until the next is. */
  LentPacket lend() {
    // Media time is never negative, but packets may be shown before the one that it counts from.
    FrameTime time =
        captured.of(Math.max(0, ptsNanos), input.arrivalNanos(), input.capturedMicros());
    boolean anchored = time.capturedFrom() == CaptureClock.PTS_ANCHORED;
    Instant taken = time.captured().plusNanos(anchored ? Math.min(0, ptsNanos) : 0);
    PacketInfo info =
        new PacketInfo(
            format,
            ptsNanos,
            dtsNanos,
            key,
            /* discontinuity= */ false,
            /* decodeOnly= */ hidden,
            taken,
            time.capturedFrom(),
            time.arrivalNanos());
    return new LentPacket(info, ByteBuffer.wrap(memory, 0, size).slice().asReadOnlyBuffer());
  }

  private void time(AVPacket packet) {
    TimeBase base = input.base();
    long pts = packet.pts();
    long dts = packet.dts();
    boolean reordered = input.parameters().video_delay() > 0;
    if (pts == AV_NOPTS_VALUE && reordered) {
      throw new SourceException(
          Kind.UNSUPPORTED,
          input.id(),
          "does not say when its pictures are shown, and stores them in another order;"
              + " put it into a container with timestamps, as MP4");
    }
    if (pts == AV_NOPTS_VALUE) {
      pts = dts;
    }
    long expected = index == 0 ? 0 : dtsNanos + base.frameNanos();
    if (pts == AV_NOPTS_VALUE) {
      ptsNanos = expected;
      dtsNanos = expected;
      return;
    }
    if (origin == AV_NOPTS_VALUE) {
      begin(pts, expected);
    }
    ptsNanos = originNanos + base.nanos(pts - origin);
    long stored = dts == AV_NOPTS_VALUE ? dtsNanos : originNanos + base.nanos(dts - origin);
    dtsNanos = Math.min(ptsNanos, index == 0 && dts == AV_NOPTS_VALUE ? ptsNanos : stored);
  }

  /**
   * Takes the first timestamp there is: all others count from that of the first key frame, as
   * frames do, or of the first that is shown where an edit list hides some.
   */
  private void begin(long pts, long expectedNanos) {
    long start = input.startTicks();
    origin = hidden && start != AV_NOPTS_VALUE ? start : pts;
    originNanos = expectedNanos;
  }

  private void adoptFormat(AVPacket packet) {
    try (SizeTPointer length = new SizeTPointer(1)) {
      BytePointer changed = av_packet_get_side_data(packet, AV_PKT_DATA_NEW_EXTRADATA, length);
      if (changed != null) {
        format = formatOf(bytes(changed, (int) length.get()));
      }
    }
  }

  private EncodedFormat formatOf(byte[] privateData) {
    AVCodecParameters parameters = input.parameters();
    String codec = avcodec_get_name(parameters.codec_id()).getString();
    return new EncodedFormat(
        codec,
        packaging(codec, privateData),
        Math.max(0, parameters.width()),
        Math.max(0, parameters.height()),
        privateData,
        input.base().frameRate());
  }

  private static Packaging packaging(String codec, byte[] privateData) {
    if (!codec.equals("h264") && !codec.equals("hevc")) {
      return Packaging.NONE;
    }
    boolean record = privateData.length > 4 && privateData[0] == 1;
    return record ? Packaging.LENGTH_PREFIXED : Packaging.ANNEX_B;
  }

  private static byte[] bytes(BytePointer data, int length) {
    byte[] bytes = new byte[Math.max(0, length)];
    if (bytes.length > 0) {
      data.get(bytes);
    }
    return bytes;
  }
}
