package io.videoml.testkit.kvs.media;

import io.videoml.testkit.kvs.media.AwsTags.Spelling;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fragment while it arrives: one cluster, and what goes with it.
 *
 * <p>Threading: one thread.
 */
public final class FragmentDraft {
  private final byte[] ebml;
  private final byte[] head;
  private final byte[] clusterHeader;
  private final List<StoredTrack> tracks;
  private final Map<String, String> awsTags;
  private final ByteArrayOutputStream cluster = new ByteArrayOutputStream();
  private final ByteArrayOutputStream fresh = new ByteArrayOutputStream();
  private final ByteArrayOutputStream tagElements = new ByteArrayOutputStream();
  private final Map<String, String> tags = new LinkedHashMap<>();
  private final Set<Integer> seen = new TreeSet<>();
  private final List<Long> times = new ArrayList<>();
  private long timecode;
  private long latest;
  private int timecodeAt;
  private int timecodeLength;
  private boolean clusterSizeKnown;
  private boolean clusterEnded;
  private boolean token;

  /**
   * @param ebml the document's first element
   * @param head what stands in the segment before the service's tags
   * @param clusterHeader id and size
   */
  FragmentDraft(
      byte[] ebml,
      byte[] head,
      byte[] clusterHeader,
      List<StoredTrack> tracks,
      Map<String, String> awsTags) {
    this.ebml = ebml;
    this.head = head;
    this.clusterHeader = clusterHeader;
    this.tracks = tracks;
    this.awsTags = awsTags;
  }

  void add(byte[] raw) {
    cluster.writeBytes(raw);
    fresh.writeBytes(raw);
  }

  void time(byte[] raw, int headerLength, long millis) {
    timecodeAt = cluster.size() + headerLength;
    timecodeLength = raw.length - headerLength;
    add(raw);
    timecode = millis;
  }

  void frames(byte[] raw, List<StoredFrame> frames) {
    add(raw);
    frames.forEach(
        frame -> {
          seen.add(frame.track());
          times.add(frame.timecodeMillis());
          latest = Math.max(latest, frame.timecodeMillis());
        });
  }

  void tags(byte[] raw, Map<String, String> more) {
    tagElements.writeBytes(raw);
    tags.putAll(more);
  }

  void clusterSizeKnown(boolean known) {
    clusterSizeKnown = known;
  }

  /** Returns whether its cluster says how long it is. */
  public boolean clusterSizeKnown() {
    return clusterSizeKnown;
  }

  /** Returns what of its cluster came since this was called last. */
  public byte[] takeFresh() {
    byte[] taken = fresh.toByteArray();
    fresh.reset();
    return taken;
  }

  void endCluster() {
    clusterEnded = true;
  }

  void token() {
    token = true;
  }

  boolean clusterEnded() {
    return clusterEnded;
  }

  /** Returns the tracks that were declared for it. */
  public List<StoredTrack> tracks() {
    return tracks;
  }

  /** Returns the numbers of the tracks that have frames in it. */
  public Set<Integer> tracksSeen() {
    return Set.copyOf(seen);
  }

  /** Returns how many frames it has. */
  public int frameCount() {
    return times.size();
  }

  /** Returns the producer's time of its cluster. */
  public long timecodeMillis() {
    return timecode;
  }

  /** Returns what producers say about it. */
  public Map<String, String> tags() {
    return Map.copyOf(tags);
  }

  /** Returns how many bytes it has so far, without what the service adds. */
  public long size() {
    return head.length + (long) cluster.size() + tagElements.size();
  }

  /** Returns the time from its start to its latest frame. */
  public Duration span() {
    return Duration.ofMillis(Math.max(0, latest - timecode));
  }

  /** Returns the time from its start to its latest frame, and of one frame more. */
  public Duration duration() {
    long span = span().toMillis();
    long distinct = times.stream().distinct().count();
    return Duration.ofMillis(distinct < 2 ? span : span + span / (distinct - 1));
  }

  /** Returns when it was produced, if it comes from a capture of the service's. */
  public Optional<Instant> capturedProducerTime() {
    return AwsTags.producerTime(awsTags);
  }

  /** Returns when the service had it, if it comes from a capture of the service's. */
  public Optional<Instant> capturedServerTime() {
    return AwsTags.serverTime(awsTags);
  }

  /** Returns its number, if it comes from a capture of the service's. */
  public Optional<String> capturedNumber() {
    return AwsTags.number(awsTags);
  }

  /** Returns whether nothing of it is missing, as far as its capture shows. */
  public boolean complete() {
    return clusterEnded && (awsTags.isEmpty() || token);
  }

  /**
   * Returns its document, as far as it came: up to the cluster's last byte and the producer's tags.
   *
   * @param clusterTime the time in its cluster, in milliseconds; another than the producer's only
   *     where that is the scale
   */
  public byte[] document(
      String number, Instant server, Instant producer, long clusterTime, DocumentShape shape) {
    byte[] media = cluster.toByteArray();
    if (clusterTime != timecode) {
      for (int i = 0; i < timecodeLength; i++) {
        int shift = 8 * (timecodeLength - 1 - i);
        media[timecodeAt + i] = (byte) (shift > 63 ? 0 : clusterTime >>> shift);
      }
    }
    byte[] tags =
        new EbmlOutput()
            .tags(AwsTags.before(number, server, producer, Spelling.MEDIA))
            .toByteArray();
    return new EbmlOutput()
        .raw(ebml)
        .unknownSize(Ids.SEGMENT)
        .raw(shape.afterSegment())
        .raw(head)
        .raw(shape.tags(tags, EbmlOutput.WIDE_HEADER))
        .raw(shape.clusterHeader(clusterHeader, media.length, clusterEnded))
        .raw(media)
        .raw(tagElements.toByteArray())
        .toByteArray();
  }
}
