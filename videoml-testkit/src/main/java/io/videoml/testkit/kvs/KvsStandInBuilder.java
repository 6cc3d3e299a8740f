package io.videoml.testkit.kvs;

import static java.util.Objects.requireNonNull;

import io.videoml.testkit.kvs.media.AwsTags.Spelling;
import io.videoml.testkit.kvs.media.DocumentShape;
import io.videoml.testkit.kvs.service.KvsLimits;
import io.videoml.testkit.kvs.signature.Credentials;
import io.videoml.testkit.kvs.store.Retention;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of a {@link KvsStandIn}.
 *
 * <p>Threading: one thread.
 */
public final class KvsStandInBuilder {
  private static final String ACCESS_KEY = "AKIDVIDEOMLSTANDIN01";

  /** Made up, and worth nothing anywhere. */
  private static final String SECRET_KEY = "videoml/stand-in/not/a/real/secret/key+1";

  int port;
  String region = "eu-west-1";
  Credentials credentials = Credentials.of(ACCESS_KEY, SECRET_KEY);
  Clock clock = Clock.systemUTC();
  Duration clockSkew = Duration.ofMinutes(5);
  boolean unsignedPayload;
  boolean tls;
  DocumentShape shape = DocumentShape.AS_SENT;
  boolean frameByFrame;
  @Nullable Path directory;
  Retention retention = Retention.DEFAULT;
  KvsLimits limits = KvsLimits.aws();
  Spelling archiveSpelling = Spelling.ARCHIVE;

  KvsStandInBuilder() {}

  /** Listens on that port of 127.0.0.1; the default, 0, is any that is free. */
  public KvsStandInBuilder port(int number) {
    if (number < 0 || number > 65_535) {
      throw new IllegalArgumentException("a port must be within 0..65535, was " + number);
    }
    port = number;
    return this;
  }

  /** Is in that region, for which clients must sign; the default is {@code eu-west-1}. */
  public KvsStandInBuilder region(String name) {
    region = requireNonNull(name, "name");
    return this;
  }

  /** Takes these keys; the default are made-up ones, {@link KvsStandIn#accessKey()}. */
  public KvsStandInBuilder credentials(String accessKey, String secretKey) {
    credentials = Credentials.of(accessKey, secretKey);
    return this;
  }

  /** Takes these keys, together with a session's token only. */
  public KvsStandInBuilder credentials(String accessKey, String secretKey, String sessionToken) {
    credentials = Credentials.of(accessKey, secretKey, sessionToken);
    return this;
  }

  /** Takes the time from there; the default is the system's. */
  public KvsStandInBuilder clock(Clock time) {
    clock = requireNonNull(time, "time");
    return this;
  }

  /** Accepts clocks of clients that are off by so much; the default is 5 minutes. */
  public KvsStandInBuilder clockSkew(Duration most) {
    clockSkew = requireNonNull(most, "most");
    return this;
  }

  /** Accepts {@code UNSIGNED-PAYLOAD}; the default is to refuse it, as nobody has proven it. */
  public KvsStandInBuilder acceptUnsignedPayload() {
    unsignedPayload = true;
    return this;
  }

  /** Speaks TLS, with a certificate that clients must be told to trust; the default is HTTP. */
  public KvsStandInBuilder tls() {
    tls = true;
    return this;
  }

  /**
   * Sends consumers what producers put at once, frame by frame; the default is by whole fragments.
   * A fragment whose producer goes away ends without its last tags; the next one follows it, or,
   * where its cluster gave a size that is not kept, the answer ends.
   */
  public KvsStandInBuilder frameByFrame() {
    frameByFrame = true;
    return this;
  }

  /** Shapes the documents so that consumers get; the default is as the producer sent them. */
  public KvsStandInBuilder documents(DocumentShape looks) {
    shape = requireNonNull(looks, "looks");
    return this;
  }

  /** Keeps streams and media in a folder, made if need be; the default is in memory. */
  public KvsStandInBuilder directory(Path folder) {
    directory = requireNonNull(folder, "folder");
    return this;
  }

  /** Keeps so much of each stream; the default is 10,000 fragments of 256 MB. */
  public KvsStandInBuilder retention(int fragments, long bytes) {
    retention = new Retention(fragments, bytes);
    return this;
  }

  /** Has these limits; the default is {@link KvsLimits#aws()}. */
  public KvsStandInBuilder limits(KvsLimits changed) {
    limits = requireNonNull(changed, "changed");
    return this;
  }

  /**
   * Names the tags of archived media so; the default is as AWS documents them, which differs from
   * what GetMedia sends.
   */
  public KvsStandInBuilder archiveTags(Spelling names) {
    archiveSpelling = requireNonNull(names, "names");
    return this;
  }

  /**
   * Starts it. The caller closes it.
   *
   * @throws IllegalStateException if settings contradict each other
   * @throws java.io.UncheckedIOException if the port is taken, or the folder cannot be used
   */
  public KvsStandIn start() {
    if (frameByFrame && shape == DocumentShape.KNOWN_SIZES) {
      throw new IllegalStateException(
          "frameByFrame() cannot have KNOWN_SIZES: a cluster's size is known at its end; leave one");
    }
    return KvsStandIn.start(this);
  }
}
