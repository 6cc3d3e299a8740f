package io.videoml.testkit.kvs.media;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Matroska documents, one after the other, part by part, blocking. After each {@link #next}
 * the other methods tell of the part.
 */
final class MediaReader {
  enum Part {
    DOCUMENT,
    SEGMENT,
    TRACKS,
    TAGS,
    OTHER,
    CLUSTER,
    TIMESTAMP,
    BLOCK,
    CLUSTER_OTHER,
    CLUSTER_END,
    END
  }

  private final EbmlInput in;
  private byte[] raw = {};
  private int headerLength;
  private long partStart;
  private boolean pending;
  private boolean inCluster;
  private long clusterLeft;
  private boolean timed;
  private long clusterTime;
  private double millisPerTick = 1;
  private List<StoredTrack> tracks = List.of();
  private List<StoredFrame> frames = List.of();
  private Map<String, String> tags = Map.of();

  MediaReader(InputStream in) {
    this.in = new EbmlInput(requireNonNull(in, "in"));
  }

  /**
   * Reads the next part.
   *
   * @throws EOFException if the stream ends within a part
   */
  Part next() throws IOException {
    if (inCluster && clusterLeft == 0) {
      return clusterEnd();
    }
    if (!pending && !in.next()) {
      if (inCluster && clusterLeft > 0) {
        throw new EOFException("the stream ends within a cluster");
      }
      return inCluster ? clusterEnd() : Part.END;
    }
    partStart = in.position() - in.headerLength();
    headerLength = in.headerLength();
    if (inCluster && clusterLeft == EbmlInput.UNKNOWN && Ids.endCluster(in.id())) {
      pending = true;
      return clusterEnd();
    }
    pending = false;
    return inCluster ? ofCluster() : ofSegment();
  }

  /** Returns the bytes of the part; of a segment and a cluster, id and size only. */
  byte[] raw() {
    return raw;
  }

  /** Returns how many of the bytes are id and size. */
  int headerLength() {
    return headerLength;
  }

  /** Returns where the part starts in the stream. */
  long partStart() {
    return partStart;
  }

  /** Returns the tracks that were declared last. */
  List<StoredTrack> tracks() {
    return tracks;
  }

  /** Returns the frames of a block. */
  List<StoredFrame> frames() {
    return frames;
  }

  /** Returns the tags of a part that is tags. */
  Map<String, String> tags() {
    return tags;
  }

  /** Returns whether the cluster, of which only id and size were read, has a size. */
  boolean clusterSizeKnown() {
    return clusterLeft != EbmlInput.UNKNOWN;
  }

  /** Returns the time of the cluster. */
  long clusterMillis() {
    return Math.round(clusterTime * millisPerTick);
  }

  InvalidMediaException invalid(String what) {
    return in.invalid(what);
  }

  private Part clusterEnd() throws InvalidMediaException {
    if (!timed) {
      throw in.invalid("a cluster without a timestamp");
    }
    inCluster = false;
    raw = new byte[0];
    return Part.CLUSTER_END;
  }

  private Part ofSegment() throws IOException {
    int id = in.id();
    if (!Ids.inSegment(id)) {
      throw in.invalid("element %x does not belong into a segment".formatted(id));
    }
    if (id == Ids.SEGMENT) {
      raw = in.header();
      return Part.SEGMENT;
    }
    if (id == Ids.CLUSTER) {
      raw = in.header();
      inCluster = true;
      timed = false;
      clusterLeft = in.size();
      return Part.CLUSTER;
    }
    raw = in.whole();
    switch (id) {
      case Ids.EBML -> {
        millisPerTick = 1;
        tracks = List.of();
        return Part.DOCUMENT;
      }
      case Ids.INFO -> {
        for (Child child : Child.of(content(), partStart)) {
          if (child.id() == Ids.TIMESTAMP_SCALE) {
            millisPerTick = child.number() / 1e6;
          }
        }
        return Part.OTHER;
      }
      case Ids.TRACKS -> {
        tracks = StoredTrack.parse(content(), partStart);
        return Part.TRACKS;
      }
      case Ids.TAGS -> {
        tags = tagsOf(content());
        return Part.TAGS;
      }
      default -> {
        return Part.OTHER;
      }
    }
  }

  private Part ofCluster() throws IOException {
    int id = in.id();
    if (clusterLeft != EbmlInput.UNKNOWN) {
      clusterLeft -= in.headerLength() + in.size();
      if (in.size() == EbmlInput.UNKNOWN || clusterLeft < 0) {
        throw in.invalid("element %x is longer than its cluster".formatted(id));
      }
    }
    raw = in.whole();
    switch (id) {
      case Ids.TIMESTAMP -> {
        clusterTime = new Child(id, content()).number();
        timed = true;
        return Part.TIMESTAMP;
      }
      case Ids.SIMPLE_BLOCK -> {
        frames = Blocks.simple(content(), timedCluster(), millisPerTick, partStart);
        return Part.BLOCK;
      }
      case Ids.BLOCK_GROUP -> {
        frames = Blocks.group(content(), timedCluster(), millisPerTick, partStart);
        return Part.BLOCK;
      }
      default -> {
        return Part.CLUSTER_OTHER;
      }
    }
  }

  private long timedCluster() throws InvalidMediaException {
    if (!timed) {
      throw in.invalid("a block before its cluster's timestamp");
    }
    return clusterTime;
  }

  private ByteBuffer content() {
    return ByteBuffer.wrap(raw, headerLength, raw.length - headerLength);
  }

  private Map<String, String> tagsOf(ByteBuffer content) throws InvalidMediaException {
    Map<String, String> found = new LinkedHashMap<>();
    for (Child tag : Child.of(content, partStart)) {
      if (tag.id() != Ids.TAG) {
        continue;
      }
      for (Child simple : Child.of(tag.content(), partStart)) {
        if (simple.id() != Ids.SIMPLE_TAG) {
          continue;
        }
        String name = "";
        String value = "";
        for (Child child : Child.of(simple.content(), partStart)) {
          if (child.id() == Ids.TAG_NAME) {
            name = child.text();
          } else if (child.id() == Ids.TAG_STRING) {
            value = child.text();
          }
        }
        found.put(name, value);
      }
    }
    return found;
  }
}
