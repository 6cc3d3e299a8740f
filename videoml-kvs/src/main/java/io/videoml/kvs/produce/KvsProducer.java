package io.videoml.kvs.produce;

import static java.util.Objects.requireNonNull;

import io.videoml.kvs.client.KvsConnection;
import io.videoml.kvs.client.KvsStream;
import io.videoml.kvs.produce.WriterSettings.SpoolSettings;
import io.videoml.kvs.putmedia.HttpPutMedia;
import io.videoml.packet.PacketSource;
import io.videoml.resilience.ReconnectPolicy;
import io.videoml.source.SourceException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describes how encoded video goes into a stream of Kinesis Video Streams: no connection yet. H.264
 * and H.265 go as they are, without being decoded or encoded anew.
 *
 * <p>A fragment counts as done when the service says that it is stored; until then it is kept, and
 * sent again after a failure, in order. Where all of a fragment was sent and no such word came, the
 * service may store it twice: the repetition carries the tag {@value #DUPLICATE_TAG}.
 *
 * <p>Threading: immutable.
 */
public final class KvsProducer implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Marks a fragment that the service may hold already; its value is {@code "1"}. */
  public static final String DUPLICATE_TAG = "VIDEOML_POSSIBLE_DUPLICATE";

  private final KvsStream stream;
  private final KvsConnection connection;
  private final WriterSettings settings;

  private KvsProducer(KvsStream stream, KvsConnection connection, WriterSettings settings) {
    this.stream = stream;
    this.connection = connection;
    this.settings = settings;
  }

  /**
   * Starts with the defaults.
   *
   * @param stream its name or ARN
   * @throws IllegalArgumentException if it is neither
   */
  public static Builder builder(String stream) {
    return new Builder(new KvsStream(stream));
  }

  /** Returns what messages and threads call it, as {@code "kvs://dock-3"}. */
  public String id() {
    return "kvs://" + stream.shortName();
  }

  /** Opens a writer that tells nobody of what happens. */
  public KvsWriter open() {
    return open(event -> {});
  }

  /**
   * Opens a writer, which connects when it has something to send, and as often as it must.
   *
   * @throws SourceException if a setting cannot work, as a spool's directory that another writer
   *     uses
   */
  public KvsWriter open(ProducerListener listener) {
    requireNonNull(listener, "listener");
    return KvsWriter.open(id(), settings, new HttpPutMedia(connection, stream, id()), listener);
  }

  /** Sends a source's packets, and tells nobody of what happens; see the other method. */
  public KvsForward forward(PacketSource source) {
    return forward(source, ReconnectPolicy.defaults(), event -> {});
  }

  /**
   * Sends a source's packets as they come, on a thread of its own, until the source ends, or the
   * handle is closed.
   *
   * @param reconnect when a source that fails is tried again; of one that may end, the end is the
   *     end
   * @throws SourceException if a setting cannot work
   */
  public KvsForward forward(
      PacketSource source, ReconnectPolicy reconnect, ProducerListener listener) {
    requireNonNull(source, "source");
    requireNonNull(reconnect, "reconnect");
    return KvsForward.start(source, reconnect, open(listener), id());
  }

  @Override
  public String toString() {
    return "KvsProducer[" + stream + ", " + connection + "]";
  }

  /** Collects the settings of a producer. */
  public static final class Builder {
    private final KvsStream stream;
    private KvsConnection connection = KvsConnection.defaults();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private Duration target = WriterSettings.DEFAULTS.target();
    private Duration longest = WriterSettings.DEFAULTS.longest();
    private long memory = WriterSettings.DEFAULTS.memoryBytes();
    private WhenFull whenFull = WriterSettings.DEFAULTS.whenFull();
    private ReconnectPolicy reconnect = WriterSettings.DEFAULTS.reconnect();
    private Duration rotation = WriterSettings.DEFAULTS.rotation();
    private Duration ackTimeout = WriterSettings.DEFAULTS.ackTimeout();
    private Duration closeTimeout = WriterSettings.DEFAULTS.closeTimeout();
    private @Nullable SpoolSettings spool;

    private Builder(KvsStream stream) {
      this.stream = stream;
    }

    /** Sets how to reach the service; the default is as the AWS SDK finds it. */
    public Builder connection(KvsConnection how) {
      connection = requireNonNull(how, "how");
      return this;
    }

    /**
     * Sets how long fragments are at least: they begin at the first key frame after that. From 1 to
     * 19 seconds; the default is 2, or a group of pictures where that is longer.
     */
    public Builder fragments(Duration length) {
      target = within(length, "a fragment", Duration.ofSeconds(1), Duration.ofSeconds(19));
      return this;
    }

    /**
     * Sets where a fragment is cut though no key frame came, since the service takes none of more
     * than 20 seconds. The default is 19.5 seconds.
     */
    public Builder longestFragment(Duration length) {
      longest = within(length, "the longest", Duration.ofSeconds(1), Duration.ofSeconds(20));
      return this;
    }

    /**
     * Sets how many bytes of media wait in memory, at least 1 MiB; the default is 12 MiB, which is
     * 16 seconds at 6 Mbit/s. No fragment is longer than half of it.
     */
    public Builder memory(long bytes) {
      if (bytes < 1 << 20 || bytes > 1 << 30) {
        throw new IllegalArgumentException("memory must be within 1 MiB..1 GiB, was " + bytes);
      }
      memory = bytes;
      return this;
    }

    /** Sets what to do when there is no room left; the default is to drop the oldest fragment. */
    public Builder whenFull(WhenFull what) {
      whenFull = requireNonNull(what, "what");
      return this;
    }

    /** As the other method, without forcing files to the disk. */
    public Builder spool(Path directory, long bytes) {
      return spool(directory, bytes, false);
    }

    /**
     * Keeps every fragment in a file from its end until it is stored, so that what the network does
     * not take, and what is left when the process ends, is sent later, also by another process. One
     * writer at a time uses a directory. What no file holds yet is the fragment that is being put
     * together; {@link KvsWriter#flush} and {@link KvsWriter#close} end it.
     *
     * @param directory is made where it is missing
     * @param bytes how much it may hold, at least 1 MiB; beyond that, {@link #whenFull} decides
     * @param sync whether each file is forced to the disk, which a loss of power needs, and costs a
     *     write of the disk for each fragment; without it, files outlive the process only
     */
    public Builder spool(Path directory, long bytes, boolean sync) {
      if (bytes < 1 << 20) {
        throw new IllegalArgumentException("a spool has at least 1 MiB, was " + bytes);
      }
      spool =
          new SpoolSettings(
              requireNonNull(directory, "directory").toAbsolutePath().toString(), bytes, sync);
      return this;
    }

    /**
     * Puts a tag on every fragment.
     *
     * @throws IllegalArgumentException if the service would refuse it
     */
    public Builder tag(String name, String value) {
      FragmentTags.check(name, value);
      tags.put(name, value);
      return this;
    }

    /**
     * Has the service make images of every fragment, as its configuration of the stream says.
     *
     * @param prefix where the images go; empty for the configuration's own
     */
    public Builder imageGeneration(String prefix) {
      tags.put(FragmentTags.IMAGES, "");
      if (!requireNonNull(prefix, "prefix").isEmpty()) {
        FragmentTags.checkValue(prefix);
        tags.put(FragmentTags.IMAGE_PREFIX, prefix);
      }
      return this;
    }

    /** Has the service notify of every fragment, as its configuration of the stream says. */
    public Builder notification() {
      tags.put(FragmentTags.NOTIFICATION, "");
      return this;
    }

    /**
     * Sets when a session that failed is tried again; the default is a random delay of up to 200
     * ms, doubling up to 30 s, for ever, and every minute where the service refuses the credentials
     * or knows no such stream.
     */
    public Builder reconnect(ReconnectPolicy policy) {
      reconnect = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets when a session is followed by a new one; the default is 40 minutes, before the service
     * ends it after 45.
     */
    public Builder rotateAfter(Duration time) {
      rotation = within(time, "rotation", Duration.ofMillis(100), Duration.ofMinutes(44));
      return this;
    }

    /**
     * Sets how long the service may take to say that a fragment is stored, or to take more; then
     * the session counts as dead. The default is 15 seconds.
     */
    public Builder ackTimeout(Duration time) {
      ackTimeout = within(time, "ackTimeout", Duration.ofMillis(100), Duration.ofMinutes(5));
      return this;
    }

    /**
     * Sets how long {@link KvsWriter#close} waits for what is on its way; the default is 1.5
     * seconds.
     */
    public Builder closeTimeout(Duration time) {
      closeTimeout = within(time, "closeTimeout", Duration.ZERO, Duration.ofMinutes(1));
      return this;
    }

    /**
     * Returns the producer; connects to nothing.
     *
     * @throws IllegalArgumentException if settings contradict each other
     */
    public KvsProducer build() {
      if (longest.compareTo(target) < 0) {
        throw new IllegalArgumentException(
            "the longest fragment, %s, must not be shorter than fragments are, %s"
                .formatted(longest, target));
      }
      if (tags.size() > FragmentTags.MOST) {
        throw new IllegalArgumentException(
            "a fragment has at most %d tags, were %d".formatted(FragmentTags.MOST, tags.size()));
      }
      if (spool != null && spool.bytes() < memory) {
        throw new IllegalArgumentException(
            "a spool must hold at least what memory does, %d bytes, was %d"
                .formatted(memory, spool.bytes()));
      }
      return new KvsProducer(
          stream,
          connection,
          new WriterSettings(
              target,
              longest,
              memory,
              whenFull,
              Collections.unmodifiableMap(new LinkedHashMap<>(tags)),
              reconnect,
              rotation,
              ackTimeout,
              closeTimeout,
              spool));
    }

    private static Duration within(Duration time, String name, Duration least, Duration most) {
      if (requireNonNull(time, name).compareTo(least) < 0 || time.compareTo(most) > 0) {
        throw new IllegalArgumentException(
            "%s must be within %s..%s, was %s".formatted(name, least, most, time));
      }
      return time;
    }
  }
}
