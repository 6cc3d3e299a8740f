package io.videoml.kvs;

import io.videoml.kvs.Counters.Count;
import io.videoml.kvs.fragment.FragmentNumber;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what becomes of a stream: to the log, the listener and the counters. */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(KvsSource.class);

  private final String source;
  private final KvsListener listener;
  private final Counters counters;

  Reports(String source, KvsListener listener, Counters counters) {
    this.source = source;
    this.listener = listener;
    this.counters = counters;
  }

  String source() {
    return source;
  }

  Counters counters() {
    return counters;
  }

  void count(Count what) {
    counters.add(what, 1);
  }

  void opened() {
    tell(to -> to.onOpen(source, counters::statistics));
  }

  void gap(KvsGap gap) {
    LOG.warn(
        "{}: something is missing between {} and {}: {}",
        source,
        gap.after().map(number -> "fragment " + number).orElse("the start"),
        "fragment " + gap.before(),
        gap.reason());
    count(Count.GAPS);
    tell(to -> to.onGap(source, gap));
  }

  void duplicate(FragmentNumber number, boolean resent) {
    LOG.debug("{}: fragment {} came again, resent: {}", source, number, resent);
    count(Count.DUPLICATES);
    if (resent) {
      count(Count.RESENT);
    }
    tell(to -> to.onDuplicate(source, number, resent));
  }

  void incomplete() {
    count(Count.INCOMPLETE);
  }

  void reconnects(String cause, String what, long delayNanos) {
    LOG.info(
        "{}: {} ({}); the next session begins in {} ms",
        source,
        what,
        cause,
        delayNanos / 1_000_000);
    counters.reconnect(cause);
  }

  private void tell(Consumer<KvsListener> what) {
    try {
      what.accept(listener);
    } catch (RuntimeException e) {
      LOG.warn("{}: the listener failed", source, e);
    }
  }
}
