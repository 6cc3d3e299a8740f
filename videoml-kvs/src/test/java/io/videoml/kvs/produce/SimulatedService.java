package io.videoml.kvs.produce;

import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.client.KvsFailure.Remedy;
import io.videoml.kvs.produce.ReceivedMedia.Media;
import io.videoml.kvs.putmedia.Ack;
import io.videoml.kvs.putmedia.PutMediaService;
import io.videoml.kvs.putmedia.PutMediaSession;
import io.videoml.kvs.putmedia.SessionEvents;
import io.videoml.source.SourceException;
import io.videoml.source.SourceException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The service, on a clock of the test's, in memory. It stores a fragment some time after all of it
 * arrived, in order; allows one session at a time; and fails at random as long as it is to.
 */
final class SimulatedService implements PutMediaService {
  static final int[] CODES = {
    4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007, 4009, 4010, 4011, 4012, 5000, 5001, 4999
  };

  final List<Media> stored = new ArrayList<>();
  final List<String> tracks = new ArrayList<>();
  final Random random;
  long nanos;
  boolean faulty;
  boolean retains = true;
  int bytesPerTick = Integer.MAX_VALUE;
  int opened;
  int faults;
  @Nullable Session session;
  private long slotFreeAt;

  SimulatedService(Random random) {
    this.random = random;
  }

  @Override
  public PutMediaSession open(long startMillis, SessionEvents events) {
    opened++;
    if (faulty && random.nextInt(8) == 0) {
      faults++;
      throw new SourceException(Kind.NETWORK, "sim", "no address");
    }
    Session begun = new Session(events);
    if (session != null || nanos < slotFreeAt) {
      begun.refuse(
          new KvsFailure(Remedy.RETRY_SLOWLY, Kind.REFUSED, "ConnectionLimit", "too many", null));
    } else if (faulty && random.nextInt(5) == 0) {
      faults++;
      begun.refuse(refusal());
    } else {
      session = begun;
    }
    return begun;
  }

  private KvsFailure refusal() {
    return switch (random.nextInt(4)) {
      case 0 -> new KvsFailure(Remedy.NEW_CREDENTIALS, Kind.AUTHENTICATION, "403", "403", null);
      case 1 -> new KvsFailure(Remedy.NONE, Kind.NOT_FOUND, "404", "404", null);
      case 2 -> new KvsFailure(Remedy.RETRY, Kind.NETWORK, "503", "503", null);
      default -> new KvsFailure(Remedy.RETRY_SLOWLY, Kind.REFUSED, "429", "429", null);
    };
  }

  /** Lets time pass. */
  void tick(Duration time) {
    nanos += time.toNanos();
    Session open = session;
    if (open != null) {
      open.tick();
    }
  }

  @Override
  public boolean retains() {
    return retains;
  }

  @Override
  public void forgetEndpoint() {}

  @Override
  public void close() {}

  private record Due(long at, int order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      return at == other.at ? Integer.compare(order, other.order) : Long.compare(at, other.at);
    }
  }

  /** A session: what arrives of it, and what is said of it, some time later. */
  final class Session implements PutMediaSession {
    final ReceivedMedia received = new ReceivedMedia();
    private final SessionEvents events;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private int order;
    private long persistAt;
    private boolean over;
    private boolean finished;
    private boolean stalled;
    private long budget;
    private long cutAfter = Long.MAX_VALUE; // bytes

    Session(SessionEvents events) {
      this.events = events;
      later(30, events::onAccepted);
      budget = bytesPerTick;
      if (faulty) {
        switch (random.nextInt(6)) {
          case 0, 1 -> cutAfter = random.nextInt(60_000);
          case 2 -> later(random.nextInt(8000), () -> fault(() -> stalled = true));
          case 3 -> later(random.nextInt(8000), () -> fault(() -> end(Optional.empty())));
          default -> {}
        }
      }
    }

    void refuse(KvsFailure why) {
      due.clear();
      over = true;
      events.onEnd(Optional.of(why));
    }

    @Override
    public boolean ready() {
      return !over && !stalled && budget > 0;
    }

    @Override
    public void send(ByteBuffer bytes) {
      if (over) {
        return;
      }
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      budget -= copy.length;
      if (faulty && copy.length > cutAfter) {
        byte[] part = java.util.Arrays.copyOf(copy, (int) cutAfter);
        received.feed(part).forEach(this::arrived);
        fault(() -> end(Optional.empty()));
        return;
      }
      cutAfter = faulty ? cutAfter - copy.length : Long.MAX_VALUE;
      received.feed(copy).forEach(this::arrived);
      if (tracks.isEmpty() || !tracks.get(tracks.size() - 1).equals(received.tracks())) {
        tracks.add(received.tracks());
      }
    }

    @Override
    public void finish() {
      finished = true;
    }

    @Override
    public void close() {
      if (session == this) {
        over = true;
        gone();
      }
    }

    /** Says that something went wrong with what arrives. */
    void ack(int error) {
      events.onAck(new Ack(Ack.Type.ERROR, OptionalLong.empty(), Optional.empty(), error, "CODE"));
    }

    /** Says that something is wrong with a fragment that arrives. */
    void ackOpen(int error) {
      error(received.open().orElseThrow(), true, error);
    }

    /** Hears and says nothing any more. */
    void vanish() {
      over = true;
      session = null;
      due.clear();
    }

    void tick() {
      budget = Math.min(bytesPerTick, budget + bytesPerTick); // a large piece is a debt
      while (!over && !stalled && !due.isEmpty() && due.peek().at() <= nanos) {
        due.poll().what().run();
      }
      if (!over && finished && due.isEmpty()) {
        end(Optional.empty());
      }
    }

    private void arrived(Media media) {
      if (faulty && random.nextInt(12) == 0) {
        int code = CODES[random.nextInt(CODES.length)];
        boolean named = random.nextInt(4) > 0;
        faults++;
        later(random.nextInt(400), () -> error(media, named, code));
        return;
      }
      later(100, () -> ack(Ack.Type.RECEIVED, media, 0));
      persistAt = Math.max(persistAt, nanos + millis(200 + random.nextInt(900)));
      boolean silent = faulty && random.nextInt(25) == 0;
      at(
          persistAt,
          () -> {
            stored.add(media);
            if (silent) {
              faults++;
            } else if (retains) {
              ack(Ack.Type.PERSISTED, media, 0);
            }
          });
    }

    private void error(Media media, boolean named, int code) {
      events.onAck(
          new Ack(
              Ack.Type.ERROR,
              named ? OptionalLong.of(media.timecode()) : OptionalLong.empty(),
              Optional.empty(),
              code,
              "CODE"));
      end(Optional.empty());
    }

    private void ack(Ack.Type type, Media media, int error) {
      events.onAck(
          new Ack(
              type,
              OptionalLong.of(media.timecode()),
              Optional.of(Integer.toString(stored.size())),
              error,
              ""));
    }

    private void fault(Runnable what) {
      if (faulty) {
        faults++;
        what.run();
      }
    }

    private void end(Optional<KvsFailure> why) {
      if (!over) {
        over = true;
        gone();
        events.onEnd(why);
      }
    }

    /** What arrived in full may still be stored, in order, without a word. */
    private void gone() {
      session = null;
      slotFreeAt = nanos + (faulty ? millis(random.nextInt(2000)) : 0);
      int more = faulty ? random.nextInt(3) : 0;
      while (!due.isEmpty() && more > 0) {
        Due next = due.poll();
        int before = stored.size();
        if (next.at() <= nanos + millis(5000) && !stalled) {
          next.what().run();
        }
        more -= stored.size() - before;
      }
    }

    private void later(long millis, Runnable what) {
      at(nanos + millis(millis), what);
    }

    private void at(long when, Runnable what) {
      due.add(new Due(when, order++, what));
    }

    private long millis(long millis) {
      return millis * 1_000_000;
    }
  }
}
