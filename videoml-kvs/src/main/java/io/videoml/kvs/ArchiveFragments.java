package io.videoml.kvs;

import io.videoml.kvs.fragment.FragmentHandler;
import io.videoml.kvs.fragment.FragmentNumber;
import io.videoml.kvs.fragment.KvsFragment;
import io.videoml.kvs.fragment.KvsFrame;
import io.videoml.kvs.fragment.ServiceError;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds what comes of the archive against what was asked for: passes fragments on as long as they
 * come in order, and sees which ones are whole.
 *
 * <p>Threading: one thread.
 */
final class ArchiveFragments implements FragmentHandler {
  private final FragmentPackets packets;
  private final ArrayDeque<KvsArchivedFragment> wanted = new ArrayDeque<>();
  private Ending ending = Ending.NOT;
  private boolean passing;
  private boolean strayed;
  private @Nullable ServiceError error;
  private @Nullable KvsFragment doubtful;
  private boolean begun;
  private long delivered;

  /** How the response ends that is read. */
  enum Ending {
    NOT,
    CLEANLY,
    CUT
  }

  ArchiveFragments(FragmentPackets packets) {
    this.packets = packets;
  }

  /** Adds what is wanted next. */
  void want(List<KvsArchivedFragment> fragments) {
    wanted.addAll(fragments);
  }

  /** Returns the first that is not delivered; null where there is none. */
  @Nullable KvsArchivedFragment first() {
    return wanted.peekFirst();
  }

  /** Returns the numbers of the first few. */
  List<FragmentNumber> numbers(int most) {
    return wanted.stream().limit(most).map(KvsArchivedFragment::number).toList();
  }

  /** Returns how many were delivered as a whole. */
  long delivered() {
    return delivered;
  }

  /** Gives the first up. */
  KvsArchivedFragment giveUp() {
    doubtful = null;
    return wanted.removeFirst();
  }

  /** Returns all that is not delivered. */
  List<KvsArchivedFragment> wanted() {
    return List.copyOf(wanted);
  }

  /** Gives all up that are not among some, and returns them. */
  List<KvsArchivedFragment> giveUpAllBut(Set<FragmentNumber> listed) {
    List<KvsArchivedFragment> gone =
        wanted.stream().filter(fragment -> !listed.contains(fragment.number())).toList();
    wanted.removeIf(fragment -> !listed.contains(fragment.number()));
    doubtful = null;
    return gone;
  }

  /** Returns whether anything came of the first in the response that is read. */
  boolean begun() {
    return begun;
  }

  /** Returns, once, whether another fragment came than the one that was next. */
  boolean takeStrayed() {
    boolean taken = strayed;
    strayed = false;
    return taken;
  }

  /** Returns, once, what the service put in place of a fragment. */
  @Nullable ServiceError takeError() {
    ServiceError taken = error;
    error = null;
    return taken;
  }

  /** Says that the response ends now, and how; or that another begins. */
  void ending(Ending how) {
    ending = how;
    if (how == Ending.NOT) {
      begun = false;
      strayed = false; // of a response that was dropped for another reason
      error = null;
    }
  }

  @Override
  public void onStart(KvsFragment fragment) {
    passing = !strayed && isFirst(fragment);
    if (passing) {
      begun = true;
      packets.onStart(fragment);
    } else {
      strayed = true;
    }
  }

  @Override
  public void onFrame(KvsFrame frame) {
    if (passing) {
      packets.onFrame(frame);
    }
  }

  @Override
  public void onEnd(KvsFragment fragment) {
    if (fragment.error() != null && error == null && !strayed) {
      error = fragment.error();
    }
    if (!passing) {
      return;
    }
    passing = false;
    boolean complete = isWhole(fragment);
    packets.cutting(!complete); // what is not whole comes again
    packets.onEnd(complete == fragment.complete() ? fragment : with(fragment, complete));
    if (complete) {
      wanted.removeFirst();
      begun = false;
      delivered++;
      doubtful = null;
    }
  }

  /**
   * Whether nothing of a fragment is missing. Where its cluster says no size and nothing follows,
   * nobody can tell whether it was cut: it is asked for again, and believed if the same comes.
   */
  private boolean isWhole(KvsFragment fragment) {
    if (ending == Ending.CUT || fragment.error() != null) {
      return false;
    }
    if (fragment.complete()) {
      return true;
    }
    KvsFragment before = doubtful;
    doubtful = ending == Ending.CLEANLY ? fragment : null;
    return before != null
        && ending == Ending.CLEANLY
        && fragment.frames() > 0
        && Objects.equals(before.number(), fragment.number())
        && before.frames() == fragment.frames()
        && before.bytes() == fragment.bytes();
  }

  private boolean isFirst(KvsFragment fragment) {
    KvsArchivedFragment first = wanted.peekFirst();
    return first != null && first.number().equals(fragment.number());
  }

  private static KvsFragment with(KvsFragment f, boolean complete) {
    return new KvsFragment(
        f.index(),
        f.number(),
        f.producerTime(),
        f.serverTime(),
        f.millisBehindNow(),
        f.continuation(),
        f.tags(),
        f.tracks(),
        f.clusterTimecodeNanos(),
        f.error(),
        complete,
        f.frames(),
        f.bytes());
  }
}
