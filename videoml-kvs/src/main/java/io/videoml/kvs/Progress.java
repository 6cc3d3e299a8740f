package io.videoml.kvs;

import io.videoml.kvs.KvsGap.Reason;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.kvs.fragment.KvsFragment;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a stream was read, and so where the next session begins and what of it is known already.
 */
final class Progress {
  private KvsStart start;
  private boolean resumed; // the start is no longer the user's
  private boolean begun; // the start is that of a fragment that was seen
  private @Nullable FragmentNumber complete; // a whole one: sessions begin after it
  private @Nullable FragmentNumber whole; // the last whole one that was delivered
  private @Nullable FragmentNumber handled; // the last of which nothing more is wanted
  private @Nullable FragmentNumber partial; // the one of which some frames were delivered
  private int partialFrames;
  private @Nullable Instant producerTime; // of the last whole one
  private @Nullable Reason gap;

  Progress(KvsStart start) {
    this.start = start;
    if (start instanceof KvsStart.After after) {
      complete = after.number();
      handled = after.number();
      whole = after.number();
    }
  }

  /** Goes on at a place, whose fragment is expected to come again. */
  Progress(Place place) {
    this(place.start());
    resumed = true;
    if (place.shown().isPresent()) {
      partial = place.number();
    }
  }

  /** Returns where the next session begins. */
  KvsStart start() {
    return complete == null ? start : KvsStart.after(complete);
  }

  /** Returns whether the next session begins after a fragment that was once there. */
  boolean afterKnown() {
    return resumed && start() instanceof KvsStart.After;
  }

  /** A session broke that the service had agreed to. */
  void breaks() {
    if (gap == null && start() instanceof KvsStart.Now) {
      gap = Reason.INTERRUPTED;
    }
  }

  /** Returns whether nothing of a fragment is wanted any more. */
  boolean handled(FragmentNumber number) {
    return (handled != null && number.compareTo(handled) <= 0)
        || (partialFrames > 0 && beforePartial(number));
  }

  /** Returns the last whole fragment; null where there is none, or sessions do not begin there. */
  @Nullable FragmentNumber complete() {
    return complete;
  }

  /** Returns how many frames of a fragment were delivered before it was cut off. */
  int delivered(FragmentNumber number) {
    return number.equals(partial) ? partialFrames : 0;
  }

  /** A fragment begins; before one is complete, it is what the next session asks for. */
  void begins(KvsFragment fragment) {
    if (complete == null && fragment.serverTime() != null && !begun) {
      start = KvsStart.serverTime(fragment.serverTime());
      begun = true;
    }
  }

  /** So many frames of a fragment, in the order of storage, were delivered. */
  void delivered(FragmentNumber number, int frames) {
    if (!beforePartial(number)) {
      partial = number;
      partialFrames = frames;
    }
  }

  /** The rest of what was delivered in part comes under another number. */
  void renumbered(FragmentNumber number) {
    partial = number;
  }

  /** A whole fragment was delivered, or is known not to be wanted. */
  void completes(FragmentNumber number, @Nullable Instant producer) {
    resumed = true;
    complete = number;
    whole = number;
    handled = number;
    producerTime = producer;
    if (!beforePartial(number)) {
      partial = null;
      partialFrames = 0;
    }
  }

  /** A fragment holds what was delivered under another number: it is passed over. */
  void again(FragmentNumber number) {
    complete = number;
    handled = number;
  }

  /** Returns whether a fragment only leads to the one that a position is in. */
  private boolean beforePartial(FragmentNumber number) {
    return partial != null && number.compareTo(partial) < 0;
  }

  /** A fragment will never be complete; the service went on to the next. */
  void passes(FragmentNumber number) {
    handled = number;
    if (gap == null) {
      gap = Reason.INCOMPLETE;
    }
  }

  /** What follows the last whole fragment is not kept any more. */
  void expires(KvsExpired policy) {
    gap = Reason.EXPIRED;
    start =
        switch (policy) {
          case FAIL -> throw new IllegalArgumentException("nothing goes on after that");
          case EARLIEST -> KvsStart.earliest();
          case NOW -> KvsStart.now();
          case NEXT_PRODUCER_TIME ->
              producerTime == null
                  ? KvsStart.earliest()
                  : KvsStart.producerTime(producerTime.plusMillis(1));
        };
    complete = null;
    begun = false;
  }

  /** Returns what is missing before a fragment that is delivered now, and has it said once. */
  Optional<KvsGap> gapBefore(FragmentNumber number) {
    if (number.equals(partial)) { // it goes on where it was cut off
      gap = null;
      return Optional.empty();
    }
    boolean partly = partial != null && number.compareTo(partial) > 0;
    Reason reason = gap != null ? gap : Reason.INCOMPLETE;
    if (gap == null && !partly) {
      return Optional.empty();
    }
    FragmentNumber after = partly ? partial : whole;
    gap = null;
    if (partly) {
      partial = null;
      partialFrames = 0;
    }
    return Optional.of(new KvsGap(reason, Optional.ofNullable(after), number, partly));
  }
}
