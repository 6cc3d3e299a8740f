package io.videoml.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.ffmpeg.PacketDecoding;
import io.videoml.frame.CaptureClock;
import io.videoml.frame.ResumePosition;
import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.packet.PacketReader;
import io.videoml.packet.PacketSource;
import io.videoml.source.DecodeDemand;
import io.videoml.source.FrameReader;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Amazon Kinesis video stream: its first video track, as packets or decoded.
 *
 * <p>Every whole fragment is delivered once and in order, over all sessions of GetMedia, or a
 * {@link KvsGap} is reported. Sessions end by design and are cut; a reader goes on by itself, as
 * long as its patience lasts. What it cannot mend it throws, and a reader opened at the position of
 * the last frame goes on right after it, in any process: {@code Resilience} does that.
 *
 * <p>With {@link KvsDelivery#FRAGMENT} frames come in bursts, one fragment at a time: give {@code
 * Liveness} more time without a frame than fragments are long.
 *
 * <p>Capture times are the producer's clock or the service's, carried on by the producer's
 * timecodes; each frame says which. Credentials are looked up where a reader is opened, and shown
 * nowhere.
 *
 * <p>Threading: immutable.
 */
public final class KvsSource implements PacketSource {
  private static final long serialVersionUID = 1L;

  private final KvsStream stream;
  private final KvsConnection connection;
  private final KvsStart start;
  private final KvsDelivery delivery;
  private final CaptureClock clock;
  private final KvsExpired expired;
  private final boolean skipResent;
  private final int fragmentBytes;
  private final Duration patience;
  private final @Nullable Duration idle;
  private final boolean live;
  private final KvsListener listener;
  private final PacketDecoding decoding;

  private KvsSource(Builder builder) {
    stream = builder.stream;
    connection = builder.connection;
    start = builder.start;
    delivery = builder.delivery;
    clock = builder.clock;
    expired = builder.expired;
    skipResent = builder.skipResent;
    fragmentBytes = builder.fragmentBytes;
    patience = builder.patience;
    idle = builder.idle;
    live = builder.live.orElse(builder.idle == null);
    listener = builder.listener;
    decoding = builder.decoding;
  }

  /** Returns a source that reads a stream from now on, with the defaults. */
  public static KvsSource of(String stream) {
    return builder(stream).build();
  }

  /**
   * Returns a builder.
   *
   * @param stream a name, as {@code "dock-3"}, or an ARN
   * @throws IllegalArgumentException if it is neither
   */
  public static Builder builder(String stream) {
    return new Builder(new KvsStream(stream));
  }

  @Override
  public String id() {
    return "kvs://" + stream.shortName();
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public boolean endless() {
    return idle == null;
  }

  @Override
  public Optional<String> host() {
    return Optional.of(Hosts.of(connection));
  }

  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return decoding.open(this, from, demand);
  }

  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    requireNonNull(from, "from");
    return openPackets(from, new HttpMediaService(stream, connection, id()), Pace.REAL);
  }

  PacketReader openPackets(Optional<ResumePosition> from, MediaService service, Pace pace) {
    Optional<Place> place = from.map(position -> Place.of(position, id()));
    Progress progress = place.map(Progress::new).orElseGet(() -> new Progress(start));
    Counters counters = new Counters();
    Reports reports = new Reports(id(), listener, counters);
    PacketOutput output = new PacketOutput(delivery, place, counters);
    FragmentPackets packets =
        new FragmentPackets(
            new FragmentPackets.Wanted(delivery, clock, skipResent, fragmentBytes),
            progress,
            output,
            reports,
            pace);
    Waiting waiting =
        new Waiting(
            new Waiting.Limits(connection.readTimeout(), patience, Optional.ofNullable(idle)),
            pace.nanoTime());
    Recovery recovery = new Recovery(service, progress, expired, reports, pace);
    Stop stop = new Stop();
    Sessions sessions =
        new Sessions(service, progress, packets, recovery, waiting, reports, pace, stop);
    reports.opened();
    return KvsPacketReader.open(id(), sessions, packets, output, stop);
  }

  @Override
  public String toString() {
    return "KvsSource[" + id() + "]";
  }

  /** Collects the settings of a source. */
  public static final class Builder {
    private final KvsStream stream;
    private KvsConnection connection = KvsConnection.defaults();
    private KvsStart start = KvsStart.now();
    private KvsDelivery delivery = KvsDelivery.FRAGMENT;
    private CaptureClock clock = CaptureClock.KVS_PRODUCER;
    private KvsExpired expired = KvsExpired.EARLIEST;
    private boolean skipResent;
    private int fragmentBytes = 8 << 20;
    private Duration patience = Duration.ofMinutes(2);
    private @Nullable Duration idle;
    private Optional<Boolean> live = Optional.empty();
    private KvsListener listener = KvsListener.none();
    private PacketDecoding decoding = PacketDecoding.defaults();

    private Builder(KvsStream stream) {
      this.stream = stream;
    }

    /**
     * Sets how to reach the service; the default is as the AWS SDK finds it. Its read timeout is
     * for how long a session may be silent before another is tried.
     */
    public Builder connection(KvsConnection how) {
      connection = requireNonNull(how, "how");
      return this;
    }

    /** Sets where reading begins where no position is given; the default is now. */
    public Builder startAt(KvsStart where) {
      start = requireNonNull(where, "where");
      return this;
    }

    /** Sets when frames are passed on; the default is when their fragment is complete. */
    public Builder delivery(KvsDelivery when) {
      delivery = requireNonNull(when, "when");
      return this;
    }

    /**
     * Sets whose clock tells when frames were captured; the default is the producer's. Where that
     * has no time, or one before 2001, the other is taken.
     *
     * @param whose {@code KVS_PRODUCER} or {@code KVS_SERVER}
     */
    public Builder clock(CaptureClock whose) {
      clock = CaptureTimes.checked(whose);
      return this;
    }

    /**
     * Sets what to do when the place to go on at is not kept any more; the default is to go on at
     * the oldest that is.
     */
    public Builder whenExpired(KvsExpired what) {
      expired = requireNonNull(what, "what");
      return this;
    }

    /**
     * Passes over fragments that the producer sent again: of the same producer time and timecode as
     * one of the last 256 whole ones of this reader. Producers do so when a connection breaks
     * before they know what arrived. By default they are delivered, as the service has them.
     */
    public Builder skipResent() {
      skipResent = true;
      return this;
    }

    /**
     * Sets the most bytes of a fragment that are held back until it is complete; the default is 8
     * MiB, 10 seconds at 6 Mb/s. Frames of a larger one are passed on as they come.
     *
     * @param most from 64 KiB to 64 MiB
     */
    public Builder fragmentBytes(int most) {
      if (most < 64 << 10 || most > 64 << 20) {
        throw new IllegalArgumentException(
            "fragmentBytes must be within 65536..67108864, was " + most);
      }
      fragmentBytes = most;
      return this;
    }

    /**
     * Sets how long a read waits, over as many sessions as that takes, before it fails; the default
     * is 2 minutes.
     */
    public Builder patience(Duration time) {
      patience = Times.positive(time, "patience");
      return this;
    }

    /**
     * Has the stream end when nothing came of it for so long while the service was reachable, as to
     * read what is stored; the source is then finite, and not live unless {@link #live} says so. By
     * default it never ends.
     */
    public Builder endWhenIdle(Duration time) {
      idle = Times.positive(time, "idle");
      return this;
    }

    /**
     * Sets whether frames are lost when not taken, so that a slow detector gets the newest. The
     * default is yes, but for {@link #endWhenIdle}. If not, reading waits for the detector: nothing
     * is lost, as long as the stream's retention lasts.
     */
    public Builder live(boolean newestWins) {
      live = Optional.of(newestWins);
      return this;
    }

    /** Sets who hears of gaps, duplicates and statistics; it travels with the source. */
    public Builder listener(KvsListener who) {
      listener = requireNonNull(who, "who");
      return this;
    }

    /** Sets how packets are decoded; the default is one thread of the CPU. */
    public Builder decoding(PacketDecoding how) {
      decoding = requireNonNull(how, "how");
      return this;
    }

    /**
     * Returns the source; connects to nothing.
     *
     * @throws IllegalStateException if it would lose patience before it counts as idle
     */
    public KvsSource build() {
      if (idle != null && idle.compareTo(patience) >= 0) {
        throw new IllegalStateException(
            "endWhenIdle must be less than patience, was " + idle + " >= " + patience);
      }
      return new KvsSource(this);
    }
  }
}
