package io.videoml.kvs.produce;

import io.videoml.packet.EncodedPacket;
import io.videoml.packet.PacketInfo;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last groups of pictures of a camera, within a bound of memory, and which of them are wanted.
 *
 * <p>Threading: not safe; its gate locks.
 */
final class RecentGroups {
  private final KvsWriter writer;
  private final long memory;
  private final Deque<Group> groups = new ArrayDeque<>(); // the newest is last
  private long bytes;
  private long sent;
  private @Nullable RuntimeException failure; // the writer's, for whoever wants something next

  RecentGroups(KvsWriter writer, long memory) {
    this.writer = writer;
    this.memory = memory;
  }

  /**
   * Takes a packet, and sends it if its group is wanted. Throws nothing that the writer does: the
   * camera goes on without it.
   */
  void add(EncodedPacket packet) {
    PacketInfo info = packet.info();
    Group newest = groups.peekLast();
    if (newest == null || info.keyFrame() || info.discontinuity()) {
      if (newest != null && newest.wanted) {
        attempt(newest, writer::endFragment); // nobody knows yet whether the next is wanted
      }
      newest = new Group(info.captured());
      groups.addLast(newest);
    }
    if (newest.wanted) {
      if (!newest.broken) {
        attempt(newest, () -> put(packet));
      }
      return;
    }
    ByteBuffer copy = ByteBuffer.allocate(packet.data().remaining());
    copy.put(packet.data()).flip();
    newest.held.add(new Held(info, copy));
    bytes += copy.remaining();
    while (bytes > memory && groups.size() > 1) {
      groups.removeFirst().held.forEach(each -> bytes -= each.data().remaining());
    }
  }

  /**
   * Has the group of a picture sent, as far as it came, and the rest of it as it comes.
   *
   * @param captured when the picture was taken
   * @return whether it is still there
   * @throws RuntimeException what the writer threw, now or since the last group
   */
  boolean want(Instant captured) {
    RuntimeException thrown = failure;
    if (thrown != null) {
      failure = null;
      throw thrown;
    }
    for (Iterator<Group> all = groups.descendingIterator(); all.hasNext(); ) {
      Group group = all.next();
      if (!group.first.isAfter(captured)) {
        send(group);
        return true;
      }
    }
    return false;
  }

  /** Returns how many bytes were sent since this was asked last. */
  long takeSent() {
    long count = sent;
    sent = 0;
    return count;
  }

  private void send(Group wanted) {
    if (wanted.wanted) {
      return;
    }
    while (groups.getFirst() != wanted) { // what is older is not asked for any more
      groups.removeFirst().held.forEach(each -> bytes -= each.data().remaining());
    }
    wanted.wanted = true;
    wanted.broken = true; // unless all goes well
    List<Held> held = List.copyOf(wanted.held);
    wanted.held.clear();
    held.forEach(each -> bytes -= each.data.remaining());
    held.forEach(this::put);
    if (groups.getLast() != wanted) {
      writer.endFragment();
    }
    wanted.broken = false;
  }

  private void put(EncodedPacket packet) {
    writer.put(packet);
    sent += packet.data().remaining();
  }

  private void attempt(Group group, Runnable what) {
    try {
      what.run();
    } catch (RuntimeException e) {
      failure = e;
      group.broken = true;
    }
  }

  private static final class Group {
    private final Instant first;
    private final List<Held> held = new ArrayList<>();
    private boolean wanted;
    private boolean broken; // a part of it is missing

    Group(Instant first) {
      this.first = first;
    }
  }

  private record Held(PacketInfo info, ByteBuffer data) implements EncodedPacket {
    @Override
    public ByteBuffer data() {
      return data.asReadOnlyBuffer();
    }
  }
}
