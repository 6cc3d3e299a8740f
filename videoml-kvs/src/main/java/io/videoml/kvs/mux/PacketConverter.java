package io.videoml.kvs.mux;

import static java.util.Objects.requireNonNull;

import io.videoml.packet.EncodedFormat;
import io.videoml.packet.EncodedFormat.Packaging;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packets of one format into frames that the service can play: H.264 and H.265 with start
 * codes get lengths instead, and their parameter sets become the track's private data. Everything
 * else goes through untouched.
 *
 * <p>Threading: one thread.
 */
public final class PacketConverter {
  private static final Map<String, String> CODECS =
      Map.of(
          "h264", "V_MPEG4/ISO/AVC",
          "hevc", "V_MPEGH/ISO/HEVC",
          "av1", "V_AV1",
          "vp8", "V_VP8",
          "vp9", "V_VP9",
          "mjpeg", "V_MJPEG");

  private final EncodedFormat format;
  private final String codecId;
  private final NalUnits units = new NalUnits();
  private final @Nullable ParameterSets sets; // null where packets go through
  private @Nullable VideoTrack track;
  private ByteBuffer packet = ByteBuffer.allocate(0);

  /**
   * @throws IllegalArgumentException if the service cannot take the format
   */
  public PacketConverter(EncodedFormat format) {
    this.format = requireNonNull(format, "format");
    String id = CODECS.get(format.codec());
    if (id == null) {
      throw new IllegalArgumentException(
          "cannot send %s to a stream; h264 and hevc work".formatted(format.codec()));
    }
    codecId = id;
    boolean nal = format.codec().equals("h264") || format.codec().equals("hevc");
    if (nal && format.packaging() == Packaging.ANNEX_B) {
      sets = new ParameterSets(format.codec().equals("hevc"));
      units.split(format.privateData());
      learn(sets);
    } else if (nal && !format.privateData().hasRemaining()) {
      throw new IllegalArgumentException(
          "%s with lengths needs private data, as avcC or hvcC".formatted(format.codec()));
    } else {
      sets = null;
      track = new VideoTrack(codecId, format.privateData(), format.width(), format.height());
    }
  }

  /** Returns how the packets are encoded that it takes. */
  public EncodedFormat format() {
    return format;
  }

  /**
   * Takes a packet, which must stay as it is until {@link #write}.
   *
   * @return the track that it belongs to; empty where its parameter sets did not come yet, so that
   *     nobody can decode it
   */
  public Optional<VideoTrack> take(ByteBuffer data, boolean keyFrame) {
    packet = data;
    if (sets != null) {
      units.split(data);
      if (keyFrame) { // between them, a session could not follow a change
        learn(sets);
      }
    }
    return Optional.ofNullable(track);
  }

  /** Returns how long the frame of the packet taken last is. */
  public int length() {
    return sets == null ? packet.remaining() : units.prefixedLength();
  }

  /** Writes the frame of the packet taken last. */
  public void write(ByteBuffer to) {
    if (sets == null) {
      to.put(packet.duplicate());
    } else {
      units.writePrefixed(to);
    }
  }

  private void learn(ParameterSets known) {
    if (known.take(units) && known.complete()) {
      int width = known.sequence().map(SequenceInfo::width).orElse(format.width());
      int height = known.sequence().map(SequenceInfo::height).orElse(format.height());
      track = new VideoTrack(codecId, ByteBuffer.wrap(known.record()), width, height);
    }
  }
}
