package io.videoml.kvs.fragment;

/** Knows which of Segment and Cluster are open, and thus what an element that begins is. */
final class Levels {
  private static final long CLOSED = -1;
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final Assembly assembly;
  private boolean document;
  private long segmentEnd = CLOSED;
  private long clusterEnd = CLOSED;

  /** What to do with an element. */
  enum Kind {
    /** Its children follow, one by one. */
    PARENT,
    /** Pass over it. */
    SKIPPED,
    /** Read it as a whole; it is of a fragment's header. */
    HEADER,
    /** Read it as a whole; it has frames. */
    FRAMES
  }

  Levels(Assembly assembly) {
    this.assembly = assembly;
  }

  /** Closes what ends at a place. */
  void closeFinished(long offset) {
    if (clusterEnd == offset) {
      closeCluster();
    }
    if (segmentEnd == offset) {
      if (clusterEnd != CLOSED) {
        closeCluster();
      }
      segmentEnd = CLOSED;
    }
  }

  /** Finds an element's place, opening and closing parents. */
  Kind place(ElementHeader header, long start) {
    closeFinished(start);
    int id = header.id();
    if (clusterEnd == UNKNOWN && Ids.aboveCluster(id)) {
      closeCluster();
    }
    if (segmentEnd == UNKNOWN && clusterEnd == CLOSED && (id == Ids.EBML || id == Ids.SEGMENT)) {
      segmentEnd = CLOSED;
    }
    long end = end(header, start);
    if (end != UNKNOWN && (end > bound(clusterEnd) || end > bound(segmentEnd))) {
      throw fail(start, header, "goes beyond the element that it is in");
    }
    if (clusterEnd != CLOSED) {
      return inCluster(header, start);
    }
    return segmentEnd != CLOSED ? inSegment(header, start, end) : atTop(header, start, end);
  }

  private static long bound(long end) {
    return end == CLOSED ? UNKNOWN : end;
  }

  private static long end(ElementHeader header, long start) {
    if (header.size() != ElementHeader.UNKNOWN) {
      return start + header.length() + header.size();
    }
    if (header.id() == Ids.SEGMENT || header.id() == Ids.CLUSTER) {
      return UNKNOWN;
    }
    throw fail(start, header, "has no size, which only Segment and Cluster may lack");
  }

  private Kind atTop(ElementHeader header, long start, long end) {
    switch (header.id()) {
      case Ids.EBML -> {
        document = true;
        assembly.document(start);
        return Kind.HEADER;
      }
      case Ids.SEGMENT -> {
        if (!document) {
          throw fail(start, header, "is a Segment without an EBML header before it");
        }
        document = false;
        segmentEnd = end;
        return Kind.PARENT;
      }
      case Ids.VOID, Ids.CRC_32 -> {
        return Kind.SKIPPED;
      }
      default -> throw fail(start, header, "is no beginning of a document; is this Matroska?");
    }
  }

  private Kind inSegment(ElementHeader header, long start, long end) {
    switch (header.id()) {
      case Ids.INFO, Ids.TRACKS, Ids.TAGS -> {
        return Kind.HEADER;
      }
      case Ids.CLUSTER -> {
        assembly.cluster(start);
        clusterEnd = end;
        return Kind.PARENT;
      }
      case Ids.EBML, Ids.SEGMENT, Ids.TIMECODE, Ids.SIMPLE_BLOCK, Ids.BLOCK_GROUP, Ids.BLOCK ->
          throw fail(start, header, "must not be in a Segment");
      default -> {
        return Kind.SKIPPED;
      }
    }
  }

  private static Kind inCluster(ElementHeader header, long start) {
    switch (header.id()) {
      case Ids.TIMECODE -> {
        return Kind.HEADER;
      }
      case Ids.SIMPLE_BLOCK, Ids.BLOCK_GROUP -> {
        return Kind.FRAMES;
      }
      default -> {
        if (Ids.aboveCluster(header.id())) {
          throw fail(start, header, "must not be in a Cluster");
        }
        return Kind.SKIPPED;
      }
    }
  }

  private void closeCluster() {
    clusterEnd = CLOSED;
    assembly.clusterOver();
  }

  private static FragmentException fail(long start, ElementHeader header, String what) {
    return new FragmentException(start, Ids.name(header.id()) + " " + what);
  }
}
