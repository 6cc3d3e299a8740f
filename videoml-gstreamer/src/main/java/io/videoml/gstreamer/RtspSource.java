package io.videoml.gstreamer;

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
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads an RTSP camera with GStreamer: H.264, H.265, MJPEG and whatever else has a parser and a
 * decoder here. Audio is ignored.
 *
 * <p>Once the camera's sender reports came, two or three seconds after the start, frames know when
 * they were taken by the camera's clock. Frames before the first key frame, and from a lost packet
 * to the next key frame, are marked corrupt. {@link DecodeDemand#KEY_FRAMES} drops all else before
 * the decoder. The arrival of a frame is when all its packets were there and in order.
 *
 * <p>Credentials may be in the address, percent-encoded, or are set apart; {@link #id()}, messages
 * and {@link #toString()} never show them. The serialized form holds them.
 *
 * <p>Threading: immutable.
 */
public final class RtspSource implements PacketSource {
  private static final long serialVersionUID = 1L;

  private static final long BUSY_MILLIS = 300;

  private final Settings settings;
  private final RtspSettings rtsp;

  private RtspSource(Settings settings, RtspSettings rtsp) {
    this.settings = settings;
    this.rtsp = rtsp;
  }

  /**
   * Returns a source that reads an address, with the defaults.
   *
   * @throws IllegalArgumentException if it is no address of RTSP
   */
  public static RtspSource of(String address) {
    return builder(address).build();
  }

  /**
   * Returns a builder for an address, as {@code "rtsp://camera/stream1"}.
   *
   * @throws IllegalArgumentException if it is no address of RTSP
   */
  public static Builder builder(String address) {
    return new Builder(RtspAddress.of(requireNonNull(address, "address")));
  }

  /** As {@link #builder(String)}. */
  public static Builder builder(URI address) {
    return builder(requireNonNull(address, "address").toString());
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public Optional<String> host() {
    return Optional.of(rtsp.address().host());
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException if a position is given: a camera has none
   */
  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    requireNonNull(demand, "demand");
    requireNone(from);
    return connect(
        how ->
            GstReader.open(
                settings,
                new RtspFront(settings, how, /* parameterSets= */ false),
                demand,
                /* fromRtp= */ true));
  }

  /**
   * {@inheritDoc} Of H.264 and H.265, with start codes, and parameter sets before each key frame.
   * Packets that are not taken are kept, up to 256 or 8 MB; then those up to a key frame are left
   * out, as they are after one that came damaged, and that key frame says that some are missing.
   *
   * @throws SourceException if a position is given: a camera has none; or if the camera sends
   *     another codec
   */
  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    requireNone(from);
    return openPackets(PacketStream.MOST_KEPT);
  }

  GstPacketReader openPackets(int mostKept) {
    return connect(
        how ->
            GstPacketReader.open(
                settings, new RtspFront(settings, how, /* parameterSets= */ true), mostKept));
  }

  private void requireNone(Optional<ResumePosition> from) {
    if (requireNonNull(from, "from").isPresent()) {
      throw new SourceException(
          Kind.CONFIGURATION, id(), "a camera cannot go on at a position; give none");
    }
  }

  private <R> R connect(Function<RtspSettings, R> opener) {
    Natives.require(id());
    if (rtsp.transport() != RtspTransport.TCP_THEN_UDP) {
      return opener.apply(rtsp);
    }
    try {
      return opener.apply(rtsp.with(RtspTransport.TCP));
    } catch (SourceException e) {
      if (e.kind() != Kind.UNSUPPORTED && e.kind() != Kind.STALLED) {
        throw e; // another transport would not help
      }
      return connectByUdp(opener);
    }
  }

  /** A server may still be busy letting go of the attempt before; then it is asked once more. */
  private <R> R connectByUdp(Function<RtspSettings, R> opener) {
    RtspSettings udp = rtsp.with(RtspTransport.UDP);
    try {
      return opener.apply(udp);
    } catch (SourceException e) {
      if (e.kind() != Kind.NETWORK) {
        throw e;
      }
      try {
        Thread.sleep(BUSY_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new SourceException(Kind.CLOSED, id(), "was closed while it was opened", e);
      }
      return opener.apply(udp);
    }
  }

  @Override
  public String toString() {
    return "RtspSource[" + id() + "]";
  }

  /** Collects the settings of a source. */
  public static final class Builder {
    private final RtspAddress address;
    private String user;
    private String password;
    private RtspTransport transport = RtspTransport.TCP;
    private Duration latency = Duration.ofMillis(100);
    private boolean dropOnLatency;
    private @Nullable Path anchors;
    private boolean insecure;
    private Duration connectTimeout = Duration.ofSeconds(5);
    private Duration readTimeout = Duration.ofSeconds(10);
    private DecoderPreference decoders = DecoderPreference.HARDWARE_FIRST;
    private boolean hardwareRequired;

    private Builder(RtspAddress address) {
      this.address = address;
      this.user = address.user();
      this.password = address.password();
    }

    /**
     * Sets user and password, as they are; they count in place of those in the address. The server
     * chooses Basic or Digest.
     */
    public Builder credentials(String newUser, String newPassword) {
      user = requireNonNull(newUser, "newUser");
      password = requireNonNull(newPassword, "newPassword");
      return this;
    }

    /** Sets how pictures travel; the default is TCP. */
    public Builder transport(RtspTransport newTransport) {
      transport = requireNonNull(newTransport, "newTransport");
      return this;
    }

    /**
     * Sets how long packets wait for those before them; every frame is so much later. The default
     * is 100 ms, enough for a local network; 0 suits TCP.
     *
     * @throws IllegalArgumentException if it is not within 0 to 60 seconds
     */
    public Builder latency(Duration time) {
      if (requireNonNull(time, "time").isNegative() || time.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException("latency must be within 0..60 s, was " + time);
      }
      latency = time;
      return this;
    }

    /** Drops packets rather than wait longer than the latency; by default they wait. */
    public Builder dropOnLatency() {
      dropOnLatency = true;
      return this;
    }

    /** Sets a file of certificates (PEM) to trust; the default is what the machine trusts. */
    public Builder trust(Path certificates) {
      anchors = requireNonNull(certificates, "certificates");
      return this;
    }

    /** Accepts any certificate: encrypted, but anyone may be the server. */
    public Builder insecure() {
      insecure = true;
      return this;
    }

    /** Sets how long connecting, and each answer, may take; the default is 5 seconds. */
    public Builder connectTimeout(Duration time) {
      connectTimeout = Settings.limit(time, "connectTimeout");
      return this;
    }

    /** Sets how long to wait for more of the stream; the default is 10 seconds. */
    public Builder readTimeout(Duration time) {
      readTimeout = Settings.limit(time, "readTimeout");
      return this;
    }

    /** Sets which decoders are tried; the default is devices first. */
    public Builder decoders(DecoderPreference preference) {
      decoders = requireNonNull(preference, "preference");
      return this;
    }

    /** Makes opening fail where this is not to be had. */
    public Builder require(Requirement requirement) {
      hardwareRequired = requireNonNull(requirement, "requirement") == Requirement.HARDWARE_DECODE;
      return this;
    }

    /**
     * Returns the source; opens nothing.
     *
     * @throws IllegalStateException if settings contradict one another
     */
    public RtspSource build() {
      boolean certificates = anchors != null || insecure;
      if (certificates && !address.encrypted()) {
        throw new IllegalStateException(
            "certificates are of rtsps:// only; use that, or drop them");
      }
      if (anchors != null && insecure) {
        throw new IllegalStateException("choose trust(...) or insecure(), not both");
      }
      if (hardwareRequired && decoders == DecoderPreference.SOFTWARE) {
        throw new IllegalStateException("HARDWARE_DECODE is required, but SOFTWARE is chosen");
      }
      return new RtspSource(
          new Settings(
              address.id(),
              /* live= */ true,
              connectTimeout,
              readTimeout,
              decoders,
              hardwareRequired),
          new RtspSettings(
              address,
              user,
              password,
              transport,
              latency,
              dropOnLatency,
              anchors == null ? null : anchors.toAbsolutePath().toString(),
              insecure));
    }
  }
}
