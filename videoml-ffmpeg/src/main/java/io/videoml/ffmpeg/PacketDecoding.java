package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import java.io.Serializable;
import java.util.Optional;

/**
 * How packets are decoded: by FFmpeg, those of {@link FfmpegSource} and of any other {@link
 * PacketSource}.
 *
 * <p>Threading: immutable.
 */
public final class PacketDecoding implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int threads;
  private final HardwareDecode hardware;
  private final SleepSettings sleep;

  private PacketDecoding(Builder builder) {
    threads = builder.threads;
    hardware = builder.hardware;
    sleep = builder.sleep;
  }

  /** Returns the defaults: one thread of the CPU for each stream. */
  public static PacketDecoding defaults() {
    return builder().build();
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Opens the packets of a source, and decodes them into frames.
   *
   * <p>A new decoder begins at a packet whose format differs from the one before, or that follows a
   * discontinuity; what the old one holds comes out before. Index and media time go on over that:
   * steps forward of the packets' clock are kept, and where it goes back, the next frame is shown
   * one frame later than the last. Frames are shown as they are stored: packets do not say how a
   * picture is to be turned. A frame has a position where its packet has one, of up to 200
   * characters. The reader owns the one of the packets.
   *
   * @param from the position of a frame of such a reader; empty for the start, or now if live
   * @throws SourceException as {@link PacketSource#openPackets} throws it, and if the position is
   *     of another kind of source, or no decoder is there for the format
   */
  public FrameReader open(PacketSource source, Optional<ResumePosition> from, DecodeDemand demand) {
    requireNonNull(source, "source");
    requireNonNull(from, "from");
    requireNonNull(demand, "demand");
    return FfmpegReader.open(source, this, from, demand);
  }

  int threads() {
    return threads;
  }

  HardwareDecode hardware() {
    return hardware;
  }

  SleepSettings sleep() {
    return sleep;
  }

  /** Collects settings. */
  public static final class Builder {
    private int threads = 1;
    private HardwareDecode hardware = HardwareDecode.NONE;
    private SleepSettings sleep = SleepSettings.defaults();

    private Builder() {}

    /**
     * Sets the number of threads that decode; 0 for one per processor. The default is 1: each frame
     * costs the least time in all and comes out the soonest, and many streams share the processors.
     * More make one large file faster.
     *
     * @throws IllegalArgumentException if it is not within 0 to 64
     */
    public Builder threads(int count) {
      if (count < 0 || count > 64) {
        throw new IllegalArgumentException("threads must be within 0..64, was " + count);
      }
      threads = count;
      return this;
    }

    /** Sets which device decodes; the default is the CPU. */
    public Builder hardware(HardwareDecode device) {
      hardware = requireNonNull(device, "device");
      return this;
    }

    /**
     * Sets when it falls asleep and wakes where only what moves is demanded, as by {@code
     * FrameSampler.motion()} with {@code sleeping()}; the default is {@link
     * SleepSettings#defaults}. Without such a demand it never sleeps.
     */
    public Builder sleep(SleepSettings settings) {
      sleep = requireNonNull(settings, "settings");
      return this;
    }

    /** Returns the settings. */
    public PacketDecoding build() {
      return new PacketDecoding(this);
    }
  }
}
