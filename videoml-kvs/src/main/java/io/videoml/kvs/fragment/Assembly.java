package io.videoml.kvs.fragment;

import java.util.List;
import java.util.function.BiConsumer;

/** Puts the parts of a document together to fragments: decides where they begin and end. */
final class Assembly {
  private static final long MILLISECOND = 1_000_000;

  private final FragmentHandler handler;
  private final FragmentLimits limits;
  private final boolean tokens;
  private final BiConsumer<String, String> taking = this::take;

  // Of the document.
  private List<KvsTrack> tracks = List.of();
  private long scale = MILLISECOND;
  private boolean ofService;
  private boolean clusters;

  /** It had an error: what it still holds belongs to no fragment. */
  private boolean failed;

  // Of the fragment.
  private final ServiceTags service = new ServiceTags();
  private final ProducerTags tags = new ProducerTags();
  private boolean begun;
  private boolean started;
  private boolean clustered;
  private boolean clusterOver;
  private long start;
  private long startNanos;
  private int frames;
  private long index;

  // Of the cluster.
  private boolean timed;
  private long clusterTime;

  private boolean calling;

  Assembly(FragmentHandler handler, FragmentLimits limits, boolean tokens) {
    this.handler = handler;
    this.limits = limits;
    this.tokens = tokens;
  }

  /** A document begins, and thus a fragment. */
  void document(long offset) {
    if (begun) {
      finish(offset, false);
    }
    tracks = List.of();
    scale = MILLISECOND;
    ofService = false;
    clusters = false;
    failed = false;
    tags.forgetDocument();
    forgetFragment();
    begun = true;
    start = offset;
  }

  void scale(long nanos, long offset) {
    if (nanos < 1) {
      throw new FragmentException(offset, "the unit of times is " + nanos + " ns");
    }
    scale = nanos;
  }

  void tracks(List<KvsTrack> list) {
    tracks = list;
  }

  List<KvsTrack> tracks() {
    return tracks;
  }

  /** An element of the header begins; counts it before anything is done for it. */
  void header(long size, long offset) {
    if (!tags.count(size, limits.headerBytes())) {
      throw new FragmentException(
          offset, "a fragment's headers are longer than the limit of " + limits.headerBytes());
    }
  }

  /** A cluster begins; a fragment's own one as a rule, but a number holds several together. */
  void cluster(long offset) {
    if (begun && (service.failed() || (clustered && service.number() == null))) {
      finish(offset, false);
    }
    if (failed) {
      return;
    }
    if (!clusters) {
      clusters = true;
      tags.keepForDocument();
    }
    if (!begun) {
      begun = true;
      start = offset;
    }
    clustered = true;
    clusterOver = false;
    timed = false;
    service.forgetEnd();
  }

  void clusterTime(long time, long offset) {
    if (failed) {
      return;
    }
    if (timed) {
      throw new FragmentException(offset, "a cluster has two times");
    }
    timed = true;
    clusterTime = time;
    if (!started) {
      startNanos = nanos(0, offset);
      started = true;
      calling = true;
      handler.onStart(build(offset, false));
      calling = false;
    }
  }

  void block(Block block, long offset) {
    if (failed) {
      return;
    }
    if (!timed) {
      throw new FragmentException(offset, "a block comes before the time of its cluster");
    }
    if (block.count() > limits.frames() - frames) {
      throw new FragmentException(
          offset, "a fragment has more frames than the limit of " + limits.frames());
    }
    long nanos = nanos(block.time(), offset);
    if (Long.MAX_VALUE - Math.max(0, nanos) < block.spanNanos()) {
      throw beyond(offset);
    }
    calling = true;
    for (int i = 0; i < block.count(); i++) {
      handler.onFrame(block.frame(i, frames++, nanos));
    }
    calling = false;
  }

  void clusterOver() {
    clusterOver = true;
  }

  /** Returns what tags go to. */
  BiConsumer<String, String> taking() {
    return taking;
  }

  /** Returns how many tags the fragment may still have. */
  int tagsLeft() {
    return limits.tags() - tags.count();
  }

  /** Tags have been read: ends the fragment if they say so, without waiting for what follows. */
  void tagsOver(long offset) {
    if (failed) {
      return;
    }
    ofService |= service.ofService();
    boolean ended = service.token() || (service.endMark() && service.number() == null);
    // Of an error without its number, the number may be in the next tags.
    boolean over = service.failed() ? service.identified() || ended : clustered && ended;
    begun |= service.failed();
    if (over) {
      finish(offset, false);
    }
  }

  /**
   * The stream ends.
   *
   * @param cut whether it does so within an element, or has failed
   */
  void end(long offset, boolean cut) {
    if (begun) {
      finish(offset, cut);
    }
  }

  /** Returns whether an exception that passed through was the handler's. */
  boolean handlerThrew() {
    return calling;
  }

  private void take(String name, String value) {
    tags.one();
    if (!failed && !service.take(name, value)) {
      tags.put(name, value);
    }
  }

  private long nanos(long blockTime, long offset) {
    try {
      return Math.multiplyExact(Math.addExact(clusterTime, blockTime), scale);
    } catch (ArithmeticException e) {
      throw beyond(offset);
    }
  }

  private FragmentException beyond(long offset) {
    return new FragmentException(
        offset, "time %d of units of %d ns is beyond 292 years".formatted(clusterTime, scale));
  }

  private void finish(long offset, boolean cut) {
    boolean whole = service.token() || !(tokens && ofService);
    failed |= service.failed();
    boolean complete = !cut && clusterOver && whole && !failed;
    KvsFragment fragment = build(offset, complete);
    index++;
    forgetFragment();
    start = offset;
    calling = true;
    handler.onEnd(fragment);
    calling = false;
  }

  private void forgetFragment() {
    service.reset();
    tags.forgetFragment();
    begun = false;
    started = false;
    clustered = false;
    clusterOver = false;
    startNanos = 0;
    frames = 0;
  }

  private KvsFragment build(long offset, boolean complete) {
    return new KvsFragment(
        index,
        service.number(),
        service.producerTime(),
        service.serverTime(),
        service.millisBehindNow(),
        service.continuation(),
        tags.all(),
        tracks,
        startNanos,
        service.error(),
        complete,
        frames,
        offset - start);
  }
}
