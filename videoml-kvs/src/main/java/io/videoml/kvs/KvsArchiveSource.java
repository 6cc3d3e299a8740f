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
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a range of what an Amazon Kinesis video stream keeps: its first video track, as packets or
 * decoded. It ends, nothing is lost when the reader is slow, and nothing waits for the camera's
 * pace.
 *
 * <p>Every whole fragment is delivered once, in the order of the service's numbers. What the
 * archive lists and does not give is asked for alone, then logged and told to the {@link
 * KvsArchiveListener}; decoding goes on at the next key frame. Calls that fail are tried again, as
 * long as the patience lasts. A reader opened at the position of the last frame goes on right after
 * it, in any process; positions of {@link KvsSource} and of this are the same.
 *
 * <p>By the server's clock, a range may be of any length: fragments are listed as they are needed.
 * By the producer's, which may have been set back, a range is listed at once, and has 100,000
 * fragments at most. The stream must keep data: its retention must not be 0.
 *
 * <p>Threading: immutable.
 */
public final class KvsArchiveSource implements PacketSource {
  private static final long serialVersionUID = 1L;

  private final KvsStream stream;
  private final KvsRange range;
  private final KvsConnection connection;
  private final CaptureClock clock;
  private final int batch;
  private final int page;
  private final Duration patience;
  private final KvsArchiveListener listener;
  private final PacketDecoding decoding;

  private KvsArchiveSource(Builder builder) {
    stream = builder.stream;
    range = builder.range;
    connection = builder.connection;
    clock = builder.clock;
    batch = builder.batch;
    page = builder.page;
    patience = builder.patience;
    listener = builder.listener;
    decoding = builder.decoding;
  }

  /**
   * Starts with the defaults.
   *
   * @param stream a name, or an ARN
   * @throws IllegalArgumentException if it is neither
   */
  public static Builder builder(String stream, KvsRange range) {
    return new Builder(new KvsStream(stream), requireNonNull(range, "range"));
  }

  @Override
  public String id() {
    return "kvs://%s?from=%s&to=%s".formatted(stream.shortName(), range.from(), range.to());
  }

  @Override
  public boolean live() {
    return false;
  }

  @Override
  public Optional<String> host() {
    return Optional.of(Hosts.of(connection));
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException as {@link #openPackets} throws it
   */
  @Override
  public FrameReader open(Optional<ResumePosition> from, DecodeDemand demand) {
    return decoding.open(this, from, demand);
  }

  /**
   * {@inheritDoc}
   *
   * @throws SourceException also if there is nothing in the range, of {@link Kind#NOT_FOUND}
   */
  @Override
  public PacketReader openPackets(Optional<ResumePosition> from) {
    requireNonNull(from, "from");
    return openPackets(from, new HttpArchiveService(stream, connection, id(), page), Pace.REAL);
  }

  PacketReader openPackets(Optional<ResumePosition> from, ArchiveService service, Pace pace) {
    Optional<Place> place = from.map(position -> Place.of(position, id()));
    Counters counters = new Counters();
    Progress progress = place.map(Progress::new).orElseGet(() -> new Progress(KvsStart.earliest()));
    Reports reports = new Reports(id(), KvsListener.none(), counters);
    PacketOutput output = new PacketOutput(KvsDelivery.FRAGMENT, place, counters);
    FragmentPackets packets =
        new FragmentPackets(
            new FragmentPackets.Wanted(
                KvsDelivery.FRAGMENT, clock, /* skipResent= */ false, /* mostHeld= */ 8 << 20),
            progress,
            output,
            reports,
            pace);
    Stop stop = new Stop();
    ArchiveFragments fragments = new ArchiveFragments(packets);
    ArchiveFeed feed =
        new ArchiveFeed(
            service,
            new ArchiveList(service, range, place),
            fragments,
            packets,
            new MissingFragments(fragments, progress, listener, id()),
            new ArchiveFeed.Limits(connection.readTimeout(), patience, batch),
            reports,
            pace,
            stop);
    PacketReader reader = KvsPacketReader.open(id(), feed, packets, output, stop);
    if (place.isEmpty() && feed.ended() && counters.statistics().frames() == 0) {
      reader.close();
      throw new SourceException(
          Kind.NOT_FOUND,
          id(),
          "the archive has no video of this range; check the times, and that the stream's retention is not 0");
    }
    return reader;
  }

  @Override
  public String toString() {
    return "KvsArchiveSource[" + id() + "]";
  }

  /** Collects the settings of a source. */
  public static final class Builder {
    private final KvsStream stream;
    private final KvsRange range;
    private KvsConnection connection = KvsConnection.defaults();
    private CaptureClock clock = CaptureClock.KVS_PRODUCER;
    private int batch = 20;
    private int page = 1000;
    private Duration patience = Duration.ofMinutes(2);
    private KvsArchiveListener listener = KvsArchiveListener.none();
    private PacketDecoding decoding = PacketDecoding.defaults();

    private Builder(KvsStream stream, KvsRange range) {
      this.stream = stream;
      this.range = range;
    }

    /**
     * Sets how to reach the service; the default is as the AWS SDK finds it. Its read timeout is
     * for how long an answer may be silent before it is asked for again.
     */
    public Builder connection(KvsConnection how) {
      connection = requireNonNull(how, "how");
      return this;
    }

    /**
     * Sets whose clock tells when frames were captured; the default is the producer's, also where
     * the range is by the server's.
     *
     * @param whose {@code KVS_PRODUCER} or {@code KVS_SERVER}
     */
    public Builder clock(CaptureClock whose) {
      clock = CaptureTimes.checked(whose);
      return this;
    }

    /**
     * Sets how many fragments are asked for at once; the default is 20. The service gives 500 a
     * second for a stream, to all who ask.
     *
     * @param fragments from 1 to 1000
     */
    public Builder batch(int fragments) {
      batch = within(fragments, "batch");
      return this;
    }

    /**
     * Sets how many fragments a page of the list has; the default is 1000, the most. The service
     * lists 10,000 a second for a stream.
     *
     * @param fragments from 1 to 1000
     */
    public Builder page(int fragments) {
      page = within(fragments, "page");
      return this;
    }

    /**
     * Sets how long a read waits, over as many tries as that takes, before it fails; the default is
     * 2 minutes.
     */
    public Builder patience(Duration time) {
      patience = Times.positive(time, "patience");
      return this;
    }

    /** Sets who hears of missing fragments; it travels with the source. */
    public Builder listener(KvsArchiveListener who) {
      listener = requireNonNull(who, "who");
      return this;
    }

    /** Sets how packets are decoded; the default is one thread of the CPU. */
    public Builder decoding(PacketDecoding how) {
      decoding = requireNonNull(how, "how");
      return this;
    }

    /** Returns the source; connects to nothing. */
    public KvsArchiveSource build() {
      return new KvsArchiveSource(this);
    }

    private static int within(int fragments, String name) {
      if (fragments < 1 || fragments > 1000) {
        throw new IllegalArgumentException(name + " must be within 1..1000, was " + fragments);
      }
      return fragments;
    }
  }
}
