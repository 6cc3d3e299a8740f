package io.videoml.kvs.produce;

import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What a writer counts, from all of its threads. */
final class Counters {
  final LongAdder framesPut = new LongAdder();
  final LongAdder framesSkipped = new LongAdder();
  final LongAdder framesPersisted = new LongAdder();
  final LongAdder framesDropped = new LongAdder();
  final LongAdder fragmentsPersisted = new LongAdder();
  final LongAdder fragmentsDropped = new LongAdder();
  final LongAdder fragmentsResent = new LongAdder();
  final LongAdder possibleDuplicates = new LongAdder();
  final LongAdder sessions = new LongAdder();
  final LongAdder bytesSent = new LongAdder();
  volatile @Nullable String lastError;

  ProducerStatistics snapshot(int pendingFragments, long pendingBytes, long memoryBytes) {
    return new ProducerStatistics(
        framesPut.sum(),
        framesSkipped.sum(),
        framesPersisted.sum(),
        framesDropped.sum(),
        fragmentsPersisted.sum(),
        fragmentsDropped.sum(),
        fragmentsResent.sum(),
        possibleDuplicates.sum(),
        sessions.sum(),
        bytesSent.sum(),
        pendingFragments,
        pendingBytes,
        memoryBytes,
        Optional.ofNullable(lastError));
  }
}
