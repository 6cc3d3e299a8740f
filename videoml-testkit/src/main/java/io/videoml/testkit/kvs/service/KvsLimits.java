package io.videoml.testkit.kvs.service;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The service's limits. {@link #aws()} has those of AWS's documentation, and tests change what they
 * cannot wait for. Immutable: each method returns a changed copy.
 *
 * @param mediaConnections GetMedia's to a stream at once; the newest is refused
 * @param putConnections PutMedia's to a stream at once; the newest is refused
 * @param archiveConnections GetMediaForFragmentList's to a stream at once
 * @param requestsPerSecond GetMedia's, PutMedia's and GetDataEndpoint's to a stream, each
 * @param session how long GetMedia and PutMedia last
 * @param mediaIdle how long GetMedia waits for fragments before it ends
 * @param putIdle how long PutMedia waits for data before it ends
 * @param idleAck how long PutMedia waits for data before it says so
 * @param longestFragment media time
 * @param shortestFragment media time, of all but the last of a session; 0 for no check, as AWS
 *     names no error for it; told as 4002
 * @param largestFragment bytes
 * @param fragmentsPerSecond what PutMedia reads; more waits. 0 for no limit
 * @param tracks of a fragment
 * @param metadataTags of a fragment
 */
public record KvsLimits(
    int mediaConnections,
    int putConnections,
    int archiveConnections,
    int requestsPerSecond,
    Duration session,
    Duration mediaIdle,
    Duration putIdle,
    Duration idleAck,
    Duration longestFragment,
    Duration shortestFragment,
    long largestFragment,
    int fragmentsPerSecond,
    int tracks,
    int metadataTags) {
  public KvsLimits {
    requireNonNull(session, "session");
    requireNonNull(mediaIdle, "mediaIdle");
    requireNonNull(putIdle, "putIdle");
    requireNonNull(idleAck, "idleAck");
    requireNonNull(longestFragment, "longestFragment");
    requireNonNull(shortestFragment, "shortestFragment");
  }

  /** Returns those of AWS's documentation in 2026, where it has them. */
  public static KvsLimits aws() {
    return new KvsLimits(
        3,
        1,
        5,
        5,
        Duration.ofMinutes(45),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20),
        Duration.ZERO,
        50_000_000,
        0,
        3,
        10);
  }

  /** Changes how many GetMedia a stream serves at once. */
  public KvsLimits mediaConnections(int value) {
    return new KvsLimits(
        value,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how many PutMedia a stream takes at once. */
  public KvsLimits putConnections(int value) {
    return new KvsLimits(
        mediaConnections,
        value,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how many GetMediaForFragmentList a stream serves at once. */
  public KvsLimits archiveConnections(int value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        value,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how many GetMedia, PutMedia and GetDataEndpoint a stream takes in a second, each. */
  public KvsLimits requestsPerSecond(int value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        value,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how long GetMedia and PutMedia last. */
  public KvsLimits session(Duration value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        value,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how long GetMedia waits for fragments. */
  public KvsLimits mediaIdle(Duration value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        value,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how long PutMedia waits for data. */
  public KvsLimits putIdle(Duration value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        value,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how long PutMedia waits before it acknowledges that nothing comes. */
  public KvsLimits idleAck(Duration value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        value,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how long a fragment may last. */
  public KvsLimits longestFragment(Duration value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        value,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how long a fragment must last. */
  public KvsLimits shortestFragment(Duration value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        value,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how many bytes a fragment may have. */
  public KvsLimits largestFragment(long value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        value,
        fragmentsPerSecond,
        tracks,
        metadataTags);
  }

  /** Changes how fast PutMedia reads. */
  public KvsLimits fragmentsPerSecond(int value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        value,
        tracks,
        metadataTags);
  }

  /** Changes how many tracks a fragment may have. */
  public KvsLimits tracks(int value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        value,
        metadataTags);
  }

  /** Changes how many tags a fragment may have. */
  public KvsLimits metadataTags(int value) {
    return new KvsLimits(
        mediaConnections,
        putConnections,
        archiveConnections,
        requestsPerSecond,
        session,
        mediaIdle,
        putIdle,
        idleAck,
        longestFragment,
        shortestFragment,
        largestFragment,
        fragmentsPerSecond,
        tracks,
        value);
  }
}
