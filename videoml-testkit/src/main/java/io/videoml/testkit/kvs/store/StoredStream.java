package io.videoml.testkit.kvs.store;

import io.videoml.testkit.kvs.media.DocumentShape;
import io.videoml.testkit.kvs.media.FragmentDraft;
import io.videoml.testkit.kvs.media.FragmentFacts;
import io.videoml.testkit.kvs.media.StoredFragment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream and its fragments, in order.
 *
 * <p>Threading: all methods from any thread.
 */
public final class StoredStream {
  private final Retention retention;
  private final DocumentShape shape;
  private final @Nullable StreamFolder folder;
  private final List<StoredFragment> fragments = new ArrayList<>();
  private StreamInfo info;
  private long bytes;
  private String last = "";
  private String reserved = "";
  private Instant lastServerTime = Instant.EPOCH;
  private @Nullable LiveFragment live;
  private boolean deleted;
  private boolean restart;
  private long restartedAt;
  private boolean producerTimeZero;

  StoredStream(
      StreamInfo info,
      Retention retention,
      DocumentShape shape,
      @Nullable StreamFolder folder,
      List<StoredFragment> stored) {
    this.info = info;
    this.retention = retention;
    this.shape = shape;
    this.folder = folder;
    stored.forEach(this::keep);
  }

  /** Returns what the control plane tells. */
  public synchronized StreamInfo info() {
    return info;
  }

  /** Changes what the control plane tells. */
  public synchronized void change(StreamInfo changed) {
    info = changed;
    if (folder != null) {
      try {
        folder.save(changed);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot save a stream", e);
      }
    }
  }

  /** Makes the producer's count start at 0 again, with the next fragment. */
  public synchronized void restartProducer() {
    restart = true;
  }

  /** Makes the producer's clock tell 0, or what it told. */
  public synchronized void producerTimeZero(boolean zero) {
    producerTimeZero = zero;
  }

  /**
   * Settles what is known about a fragment that starts to arrive.
   *
   * @param serverTime when it came; made later if it is not later than the last's
   */
  public synchronized Opening begin(FragmentDraft draft, Instant serverTime, Instant producerTime) {
    if (restart) {
      restart = false;
      restartedAt = draft.timecodeMillis();
    }
    Instant server = serverTime.isAfter(lastServerTime) ? serverTime : lastServerTime.plusMillis(1);
    lastServerTime = server;
    reserved = FragmentNumbers.next(FragmentNumbers.later(last, reserved), server);
    return new Opening(
        reserved,
        server,
        producerTimeZero ? Instant.EPOCH : producerTime,
        Math.max(0, draft.timecodeMillis() - restartedAt));
  }

  /** Lets those who follow frame by frame see a fragment that starts to arrive. */
  public synchronized LiveFragment show(FragmentDraft draft, Opening opening) {
    LiveFragment shown =
        new LiveFragment(
            opening,
            draft.clusterSizeKnown() && shape != DocumentShape.UNKNOWN_SIZES,
            document(draft, opening));
    live = shown;
    notifyAll();
    return shown;
  }

  /** Returns the fragment that is arriving, if it is shown and comes after a number. */
  public synchronized Optional<LiveFragment> arriving(String after) {
    return Optional.ofNullable(live)
        .filter(shown -> !shown.ended())
        .filter(
            shown ->
                after.isEmpty()
                    || FragmentNumbers.ORDER.compare(shown.opening().number(), after) > 0);
  }

  /** Stores a fragment that is whole. */
  public StoredFragment store(FragmentDraft draft, Instant serverTime, Instant producerTime)
      throws IOException {
    return store(draft, begin(draft, serverTime, producerTime));
  }

  /** Stores a fragment that is whole; under a new number, if others came before it. */
  public synchronized StoredFragment store(FragmentDraft draft, Opening begun) throws IOException {
    boolean late = !last.isEmpty() && FragmentNumbers.ORDER.compare(begun.number(), last) <= 0;
    Opening opening = late ? begin(draft, begun.serverTime(), begun.producerTime()) : begun;
    byte[] document = document(draft, opening);
    StoredFragment stored =
        add(
            new FragmentFacts(
                opening.number(),
                opening.serverTime(),
                opening.producerTime(),
                opening.timecodeMillis(),
                draft.duration(),
                document.length,
                false),
            document);
    if (live != null && live.opening().equals(begun)) {
      if (late) {
        live.abandon();
      } else {
        live.complete(document);
      }
    }
    return stored;
  }

  private byte[] document(FragmentDraft draft, Opening opening) {
    return draft.document(
        opening.number(),
        opening.serverTime(),
        opening.producerTime(),
        opening.timecodeMillis(),
        shape);
  }

  /**
   * Stores a document of a capture as it is, under its own number.
   *
   * @throws IllegalArgumentException if the number is not larger than the last
   */
  public synchronized StoredFragment replay(FragmentDraft draft, byte[] document)
      throws IOException {
    String number =
        draft
            .capturedNumber()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "only captures of GetMedia can be replayed; append other media"));
    if (!last.isEmpty() && FragmentNumbers.ORDER.compare(number, last) <= 0) {
      throw new IllegalArgumentException(
          "fragment %s comes not after %s; replay it into another stream, or append it"
              .formatted(number, last));
    }
    return add(
        new FragmentFacts(
            number,
            draft.capturedServerTime().orElse(Instant.EPOCH),
            draft.capturedProducerTime().orElse(Instant.EPOCH),
            draft.timecodeMillis(),
            draft.duration(),
            document.length,
            true),
        document);
  }

  /** Returns what is kept, in order. */
  public synchronized List<StoredFragment> fragments() {
    return List.copyOf(fragments);
  }

  /** Returns the number of the newest fragment there ever was; empty before the first. */
  public synchronized String lastNumber() {
    return last;
  }

  /** Returns a fragment by its number. */
  public synchronized Optional<StoredFragment> fragment(String number) {
    return fragments.stream()
        .filter(fragment -> FragmentNumbers.ORDER.compare(fragment.number(), number) == 0)
        .findFirst();
  }

  /**
   * Waits for the first fragment after a number.
   *
   * @param number a fragment's; empty for the oldest that is kept
   * @param longest how long to wait
   * @param arriving whether to stop waiting for one that is arriving
   * @return empty if there was none, or the stream was deleted
   */
  public synchronized Optional<StoredFragment> awaitAfter(
      String number, Duration longest, boolean arriving) throws InterruptedException {
    long deadline = System.nanoTime() + longest.toNanos();
    while (!deleted) {
      Optional<StoredFragment> next = after(number);
      long left = deadline - System.nanoTime();
      if (next.isPresent() || left <= 0 || (arriving && arriving(number).isPresent())) {
        return next;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return Optional.empty();
  }

  /** Returns whether it was deleted. */
  public synchronized boolean deleted() {
    return deleted;
  }

  synchronized void delete() throws IOException {
    deleted = true;
    notifyAll();
    if (folder != null) {
      folder.deleteStream();
    }
    fragments.clear();
  }

  private Optional<StoredFragment> after(String number) {
    // From the end: whoever follows a stream is close to it.
    int first = fragments.size();
    while (first > 0
        && (number.isEmpty()
            || FragmentNumbers.ORDER.compare(fragments.get(first - 1).number(), number) > 0)) {
      first--;
    }
    return first == fragments.size() ? Optional.empty() : Optional.of(fragments.get(first));
  }

  private StoredFragment add(FragmentFacts facts, byte[] document) throws IOException {
    if (deleted) {
      throw new IOException("the stream was deleted");
    }
    StoredFragment fragment =
        folder == null ? new StoredFragment(facts, document::clone) : folder.save(facts, document);
    keep(fragment);
    while (fragments.size() > 1
        && (fragments.size() > retention.fragments() || bytes > retention.bytes())) {
      StoredFragment oldest = fragments.remove(0);
      bytes -= oldest.size();
      if (folder != null) {
        folder.delete(oldest);
      }
    }
    notifyAll();
    return fragment;
  }

  private void keep(StoredFragment fragment) {
    fragments.add(fragment);
    bytes += fragment.size();
    last = fragment.number();
    if (fragment.serverTime().isAfter(lastServerTime)) {
      lastServerTime = fragment.serverTime();
    }
  }
}
