package io.videoml.ffmpeg;

import static java.util.Objects.requireNonNull;

import io.videoml.frame.ResumePosition;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads video with FFmpeg: files, HLS and DASH over HTTP, RTSP, UDP, RTP and SRT.
 *
 * <p>Frames lie in the decoder's memory. Streams with 8-bit 4:2:0 appear as they are; all others
 * appear as I420, converted when a plane is asked for. Frames are turned as the stream's display
 * matrix says. Opening and reading end within a second when the thread is interrupted.
 *
 * <p>A remote stream reaches no local files, whatever its playlists and redirects say; a local file
 * reaches only local files. The address may hold credentials; {@link #id()}, messages and {@link
 * #toString()} never do.
 *
 * <p>Threading: immutable.
 */
public final class FfmpegSource implements PacketSource {
  private static final long serialVersionUID = 1L;

  private final Address address;
  private final PacketDecoding decoding;
  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final RtspTransport rtspTransport;
  private final @Nullable String certificates;
  private final boolean live;
  private final boolean realTime;

  private FfmpegSource(Builder builder) {
    address = builder.address;
    decoding = builder.decoding.build();
    connectTimeout = builder.connectTimeout;
    readTimeout = builder.readTimeout;
    rtspTransport = builder.rtspTransport;
    certificates = builder.certificates;
    live = builder.live.orElse(builder.realTime || address.kind().live());
    realTime = builder.realTime;
  }

  /** Returns a source that reads a file, with the defaults. */
  public static FfmpegSource of(Path file) {
    return builder(file).build();
  }

  /** Returns a source that reads an address, with the defaults. */
  public static FfmpegSource of(URI address) {
    return builder(address).build();
  }

  /**
   * Returns a source that reads an address, or else a path, with the defaults.
   *
   * @throws IllegalArgumentException if the scheme is unknown
   */
  public static FfmpegSource of(String address) {
    return builder(address).build();
  }

  /** Returns a builder for a file. */
  public static Builder builder(Path file) {
    return new Builder(Address.of(requireNonNull(file, "file")));
  }

  /** Returns a builder for an address. */
  public static Builder builder(URI address) {
    return builder(requireNonNull(address, "address").toString());
  }

  /**
   * Returns a builder for an address, or else a path.
   *
   * @throws IllegalArgumentException if the scheme is unknown
   */
  public static Builder builder(String address) {
    return new Builder(Address.of(requireNonNull(address, "address")));
  }

  @Override
  public String id() {
    return address.id();
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public boolean endless() {
    return live && address.kind() != SourceKind.FILE;
  }

  @Override
  public Optional<String> host() {
    return address.kind().connects()
        ? Optional.of(address.host().toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    requireNonNull(from, "from");
    requireNonNull(demand, "demand");
    return FfmpegReader.open(this, from, demand);
  }

  /**
   * {@inheritDoc} Sound and other data are left out, and so is what comes before the first key
   * frame.
   *
   * @throws SourceException if a position is given: packets have none here
   */
  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    if (requireNonNull(from, "from").isPresent()) {
      throw new SourceException(
          Kind.CONFIGURATION, id(), "packets cannot go on at a position here; give none");
    }
    return FfmpegPacketReader.open(this);
  }

  @Override
  public String toString() {
    return "FfmpegSource[" + id() + "]";
  }

  Address address() {
    return address;
  }

  PacketDecoding decoding() {
    return decoding;
  }

  /** Returns the file of the certificates that are trusted; null where any is. */
  @Nullable String certificates() {
    return certificates;
  }

  boolean realTime() {
    return realTime;
  }

  Duration connectTimeout() {
    return connectTimeout;
  }

  Duration readTimeout() {
    return readTimeout;
  }

  /** Returns how long opening may take: connecting, and then waiting for the first pictures. */
  Duration openTimeout() {
    return address.kind() == SourceKind.FILE ? Duration.ZERO : connectTimeout.plus(readTimeout);
  }

  /** Returns how long a read may take; zero for no limit, as for a file. */
  Duration readTimeoutOrNone() {
    return address.kind() == SourceKind.FILE ? Duration.ZERO : readTimeout;
  }

  RtspTransport rtspTransport() {
    return rtspTransport;
  }

  /** Collects the settings of a source. */
  public static final class Builder {
    private final Address address;
    private final PacketDecoding.Builder decoding = PacketDecoding.builder();
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(10);
    private RtspTransport rtspTransport = RtspTransport.TCP;
    private @Nullable String certificates;
    private Optional<Boolean> live = Optional.empty();
    private boolean realTime;

    private Builder(Address address) {
      this.address = address;
    }

    /**
     * Sets the number of threads that decode; 0 for one per processor. The default is 1: each frame
     * costs the least time in all and comes out the soonest, and many streams share the processors.
     * More make one large file faster.
     *
     * @throws IllegalArgumentException if it is not within 0 to 64
     */
    public Builder threads(int count) {
      decoding.threads(count);
      return this;
    }

    /** Sets which device decodes; the default is the CPU. */
    public Builder hardware(HardwareDecode device) {
      decoding.hardware(device);
      return this;
    }

    /** Sets how long connecting may take; the default is 5 seconds. No effect on files. */
    public Builder connectTimeout(Duration time) {
      connectTimeout = positive(time, "connectTimeout");
      return this;
    }

    /**
     * Sets how long to wait for more of the stream; the default is 10 seconds. No effect on files.
     */
    public Builder readTimeout(Duration time) {
      readTimeout = positive(time, "readTimeout");
      return this;
    }

    /** Sets how RTSP sends pictures; the default is TCP. */
    public Builder rtspTransport(RtspTransport transport) {
      rtspTransport = requireNonNull(transport, "transport");
      return this;
    }

    /**
     * Trusts a camera only if its certificate is in this file, or signed by one that is; the file
     * must be there when it is opened. Only for {@code rtsps:}. By default any certificate will do,
     * as cameras make their own, and nobody can tell who answers.
     *
     * @param pem certificates in PEM
     */
    public Builder certificates(Path pem) {
      certificates = requireNonNull(pem, "pem").toAbsolutePath().toString();
      return this;
    }

    /**
     * Sets whether frames come at their own pace. The default goes by the address: RTSP, UDP, RTP
     * and SRT are live, files and HTTP are not.
     */
    public Builder live(boolean atItsOwnPace) {
      live = Optional.of(atItsOwnPace);
      return this;
    }

    /**
     * Reads no faster than the timestamps say, as a camera would send it; makes it live, unless
     * {@link #live} says otherwise. No effect where the container stores no timestamps.
     */
    public Builder realTime() {
      realTime = true;
      return this;
    }

    /**
     * Sets when it falls asleep and wakes where only what moves is demanded, as by {@code
     * FrameSampler.motion()} with {@code sleeping()}; the default is {@link
     * SleepSettings#defaults}. Without such a demand it never sleeps.
     */
    public Builder sleep(SleepSettings settings) {
      decoding.sleep(settings);
      return this;
    }

    /**
     * Returns the source; opens nothing.
     *
     * @throws IllegalStateException if certificates are set for what is not {@code rtsps:}
     */
    public FfmpegSource build() {
      if (certificates != null && !address.url().startsWith("rtsps:")) {
        // FFmpeg would check the playlist's server, and not those that it names.
        throw new IllegalStateException(
            "certificates are checked for rtsps: addresses only, was " + address.id());
      }
      return new FfmpegSource(this);
    }

    private static Duration positive(Duration time, String name) {
      if (requireNonNull(time, name).isNegative()
          || time.isZero()
          || time.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException(
            name + " must be positive and at most a day, was " + time);
      }
      return time;
    }
  }
}
