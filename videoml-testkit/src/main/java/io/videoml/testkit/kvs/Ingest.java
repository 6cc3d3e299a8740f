package io.videoml.testkit.kvs;

import io.videoml.testkit.kvs.media.Capture;
import io.videoml.testkit.kvs.media.FragmentDraft;
import io.videoml.testkit.kvs.media.InvalidMediaException;
import io.videoml.testkit.kvs.media.StoredFragment;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Adds media to streams without a producer. */
final class Ingest {
  private Ingest() {}

  /**
   * Adds each fragment under a new number.
   *
   * @param serverTime when a fragment came, by it and the time in the cluster of the first
   */
  static List<StoredFragment> append(
      StoredStream into, byte[] media, BiFunction<FragmentDraft, Long, Instant> serverTime) {
    List<StoredFragment> added = new ArrayList<>();
    try {
      List<FragmentDraft> fragments = Capture.fragments(media);
      for (FragmentDraft draft : fragments) {
        long first = fragments.get(0).timecodeMillis();
        Instant start = serverTime.apply(fragments.get(0), first);
        Instant producer = draft.capturedProducerTime().orElse(ProducerTimes.of(draft, start));
        added.add(into.store(draft, serverTime.apply(draft, first), producer));
      }
      return added;
    } catch (InvalidMediaException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw cannotAdd(into, e);
    }
  }

  /** Adds each document as it is. */
  static List<StoredFragment> replay(StoredStream into, byte[] capture) {
    List<StoredFragment> added = new ArrayList<>();
    try {
      for (byte[] document : Capture.documents(capture)) {
        List<FragmentDraft> drafts = Capture.fragments(document);
        if (!drafts.isEmpty()) {
          added.add(into.replay(drafts.get(0), document));
        }
      }
      return added;
    } catch (InvalidMediaException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException e) {
      throw cannotAdd(into, e);
    }
  }

  private static UncheckedIOException cannotAdd(StoredStream into, IOException problem) {
    return new UncheckedIOException("cannot add to stream " + into.info().name(), problem);
  }
}
