package io.videoml.testkit.kvs.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The service's limits. {@link #aws()} has those of AWS's documentation, and tests change what they
 * cannot wait for: each method with a value returns a changed copy.
 *
 * <p>Threading: immutable.
 */
public final class KvsLimits {
  private int mediaConnections = 3;
  private int putConnections = 1;
  private int archiveConnections = 5;
  private int requestsPerSecond = 5;
  private Duration session = Duration.ofMinutes(45);
  private Duration mediaIdle = Duration.ofSeconds(30);
  private Duration putIdle = Duration.ofSeconds(30);
  private Duration idleAck = Duration.ofSeconds(5);
  private Duration longestFragment = Duration.ofSeconds(20);
  private Duration shortestFragment = Duration.ZERO;
  private long largestFragment = 50_000_000;
  private int fragmentsPerSecond = 0;
  private int tracks = 3;
  private int metadataTags = 10;

  private KvsLimits() {}

  private KvsLimits(KvsLimits other) {
    mediaConnections = other.mediaConnections;
    putConnections = other.putConnections;
    archiveConnections = other.archiveConnections;
    requestsPerSecond = other.requestsPerSecond;
    session = other.session;
    mediaIdle = other.mediaIdle;
    putIdle = other.putIdle;
    idleAck = other.idleAck;
    longestFragment = other.longestFragment;
    shortestFragment = other.shortestFragment;
    largestFragment = other.largestFragment;
    fragmentsPerSecond = other.fragmentsPerSecond;
    tracks = other.tracks;
    metadataTags = other.metadataTags;
  }

  /** Returns those of AWS's documentation in 2026, where it has them. */
  public static KvsLimits aws() {
    return new KvsLimits();
  }

  /** Returns GetMedia's to a stream at once; the newest is refused. */
  public int mediaConnections() {
    return mediaConnections;
  }

  /** Changes GetMedia's to a stream at once. */
  public KvsLimits mediaConnections(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.mediaConnections = value;
    return changed;
  }

  /** Returns PutMedia's to a stream at once; the newest is refused. */
  public int putConnections() {
    return putConnections;
  }

  /** Changes PutMedia's to a stream at once. */
  public KvsLimits putConnections(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.putConnections = value;
    return changed;
  }

  /** Returns GetMediaForFragmentList's to a stream at once. */
  public int archiveConnections() {
    return archiveConnections;
  }

  /** Changes GetMediaForFragmentList's to a stream at once. */
  public KvsLimits archiveConnections(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.archiveConnections = value;
    return changed;
  }

  /** Returns requests a second to a stream: GetMedia's, PutMedia's and GetDataEndpoint's, each. */
  public int requestsPerSecond() {
    return requestsPerSecond;
  }

  /** Changes requests a second to a stream: GetMedia's, PutMedia's and GetDataEndpoint's, each. */
  public KvsLimits requestsPerSecond(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.requestsPerSecond = value;
    return changed;
  }

  /** Returns how long GetMedia and PutMedia last. */
  public Duration session() {
    return session;
  }

  /** Changes how long GetMedia and PutMedia last. */
  public KvsLimits session(Duration value) {
    KvsLimits changed = new KvsLimits(this);
    changed.session = requireNonNull(value, "value");
    return changed;
  }

  /** Returns how long GetMedia waits for fragments before it ends. */
  public Duration mediaIdle() {
    return mediaIdle;
  }

  /** Changes how long GetMedia waits for fragments before it ends. */
  public KvsLimits mediaIdle(Duration value) {
    KvsLimits changed = new KvsLimits(this);
    changed.mediaIdle = requireNonNull(value, "value");
    return changed;
  }

  /** Returns how long PutMedia waits for data before it ends. */
  public Duration putIdle() {
    return putIdle;
  }

  /** Changes how long PutMedia waits for data before it ends. */
  public KvsLimits putIdle(Duration value) {
    KvsLimits changed = new KvsLimits(this);
    changed.putIdle = requireNonNull(value, "value");
    return changed;
  }

  /** Returns how long PutMedia waits for data before it says so. */
  public Duration idleAck() {
    return idleAck;
  }

  /** Changes how long PutMedia waits for data before it says so. */
  public KvsLimits idleAck(Duration value) {
    KvsLimits changed = new KvsLimits(this);
    changed.idleAck = requireNonNull(value, "value");
    return changed;
  }

  /** Returns how long a fragment may last. */
  public Duration longestFragment() {
    return longestFragment;
  }

  /** Changes how long a fragment may last. */
  public KvsLimits longestFragment(Duration value) {
    KvsLimits changed = new KvsLimits(this);
    changed.longestFragment = requireNonNull(value, "value");
    return changed;
  }

  /**
   * Returns how long all fragments of a session but the last must last; 0 for no check, as AWS
   * names no error for it. Told as 4002.
   */
  public Duration shortestFragment() {
    return shortestFragment;
  }

  /** Changes how long all fragments of a session but the last must last. */
  public KvsLimits shortestFragment(Duration value) {
    KvsLimits changed = new KvsLimits(this);
    changed.shortestFragment = requireNonNull(value, "value");
    return changed;
  }

  /** Returns how many bytes a fragment may have. */
  public long largestFragment() {
    return largestFragment;
  }

  /** Changes how many bytes a fragment may have. */
  public KvsLimits largestFragment(long value) {
    KvsLimits changed = new KvsLimits(this);
    changed.largestFragment = value;
    return changed;
  }

  /** Returns how many fragments a second PutMedia reads; more wait. 0 for no limit. */
  public int fragmentsPerSecond() {
    return fragmentsPerSecond;
  }

  /** Changes how many fragments a second PutMedia reads. */
  public KvsLimits fragmentsPerSecond(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.fragmentsPerSecond = value;
    return changed;
  }

  /** Returns how many tracks a fragment may have. */
  public int tracks() {
    return tracks;
  }

  /** Changes how many tracks a fragment may have. */
  public KvsLimits tracks(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.tracks = value;
    return changed;
  }

  /** Returns how many tags a fragment may have. */
  public int metadataTags() {
    return metadataTags;
  }

  /** Changes how many tags a fragment may have. */
  public KvsLimits metadataTags(int value) {
    KvsLimits changed = new KvsLimits(this);
    changed.metadataTags = value;
    return changed;
  }
}
