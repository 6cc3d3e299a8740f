package io.videoml.kvs;

import io.videoml.frame.CaptureClock;
import io.videoml.kvs.client.KvsFailure;
import io.videoml.kvs.fragment.FragmentNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * The archive in memory, on made-up time: listed in any order, with fragments that are gone, and
 * faults by a seed while {@link #faults} is set.
 */
final class FaultyArchive implements ArchiveService {
  private static final int PAGE = 5;

  private final List<MadeFragment> fragments;
  private final FakePace pace;
  private final Random random;
  final Set<String> gone = new HashSet<>();
  final List<List<FragmentNumber>> asked = new ArrayList<>();
  final List<Long> askedAt = new ArrayList<>();
  boolean faults = true;
  boolean tidy; // lists nothing that is gone, once anything was asked for
  boolean deleted; // the stream is, once anything was asked for
  boolean mute; // agrees, and sends nothing
  boolean tells; // of gone fragments by an error, or gives nothing
  int lists;
  int open;
  int renewals;
  int longestPage;
  boolean closed;

  FaultyArchive(List<MadeFragment> fragments, FakePace pace, long seed) {
    this.fragments = fragments;
    this.pace = pace;
    this.random = new Random(seed);
  }

  @Override
  public Page list(KvsRange range, Optional<String> page) {
    lists++;
    if (deleted && !asked.isEmpty()) {
      throw new MediaException(FaultyMedia.refusal("404 ResourceNotFoundException"));
    }
    if (faults && random.nextInt(5) == 0) {
      throw refused();
    }
    List<KvsArchivedFragment> found = new ArrayList<>();
    for (MadeFragment fragment : fragments) {
      Instant time = range.clock() == CaptureClock.KVS_SERVER ? fragment.server : fragment.producer;
      boolean listed = !tidy || asked.isEmpty() || !gone.contains(fragment.number);
      if (listed && time != null && !time.isBefore(range.from()) && !time.isAfter(range.to())) {
        found.add(
            new KvsArchivedFragment(
                fragment.fragmentNumber(),
                fragment.producer,
                fragment.server,
                Duration.ofSeconds(2),
                fragment.bytes().length));
      }
    }
    Collections.shuffle(found, new Random(fragments.size()));
    int from = page.map(Integer::parseInt).orElse(0);
    int to = Math.min(found.size(), from + PAGE);
    return new Page(
        found.subList(from, to),
        to < found.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  private MediaException refused() {
    String[] some = {
      "500 InternalFailure",
      "503 ServiceUnavailable",
      "400 ClientLimitExceededException",
      "400 InvalidEndpointException",
      "429 Throttling"
    };
    int which = random.nextInt(some.length + 1);
    return new MediaException(
        which == some.length
            ? KvsFailure.of(new IOException("Connection reset"))
            : FaultyMedia.refusal(some[which]));
  }

  @Override
  public MediaSession media(List<FragmentNumber> numbers) {
    asked.add(numbers);
    askedAt.add(pace.nanoTime());
    if (faults && random.nextInt(6) == 0) {
      throw refused();
    }
    List<FragmentNumber> order = new ArrayList<>(numbers);
    if (faults && random.nextInt(6) == 0) {
      Collections.shuffle(order, random);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (FragmentNumber number : order) {
      if (faults && random.nextInt(20) == 0) {
        bytes.writeBytes(new byte[] {(byte) 0xEC, 0x1F, 0, 0x7F, 3, 3, 3, 3, 3, 3, 3, 3, 3});
      } else if (faults && random.nextInt(20) == 0) {
        bytes.writeBytes(error(number, random.nextBoolean() ? 5000 : 3002));
      }
      if (gone.contains(number.digits())) {
        bytes.writeBytes(tells ? error(number, 4000) : new byte[0]);
        continue;
      }
      bytes.writeBytes(find(number).bytes());
      if (faults && random.nextInt(12) == 0) {
        bytes.writeBytes(find(number).bytes()); // the service repeats itself
      }
    }
    byte[] all = bytes.toByteArray();
    int cut = faults && random.nextInt(2) == 0 ? random.nextInt(all.length + 1) : all.length;
    int ending = faults && cut < all.length ? random.nextInt(3) : 0;
    open++;
    if (mute) {
      return new Session(ByteBuffer.allocate(0), /* ending= */ 2);
    }
    return new Session(ByteBuffer.wrap(all, 0, cut), ending);
  }

  private MadeFragment find(FragmentNumber number) {
    return fragments.stream()
        .filter(f -> f.number.equals(number.digits()))
        .findFirst()
        .orElseThrow();
  }

  private static byte[] error(FragmentNumber number, int id) {
    MadeFragment error = new MadeFragment(number.digits());
    error.errorId = id;
    return error.bytes();
  }

  @Override
  public void renewEndpoint() {
    renewals++;
  }

  @Override
  public void renewCredentials() {
    renewals++;
  }

  @Override
  public void close() {
    closed = true;
  }

  private final class Session implements MediaSession {
    private final ByteBuffer sending;
    private final int ending;
    private boolean shut;

    Session(ByteBuffer sending, int ending) {
      this.sending = sending;
      this.ending = ending;
    }

    @Override
    public MediaChunk next(long nanos) {
      if (shut) {
        throw new AssertionError("read after it was closed");
      }
      if (sending.hasRemaining()) {
        int size = Math.min(sending.remaining(), 1 + random.nextInt(3000));
        ByteBuffer chunk = sending.duplicate().limit(sending.position() + size).slice();
        sending.position(sending.position() + size);
        return MediaChunk.of(chunk, pace.nanoTime());
      }
      switch (ending) {
        case 0:
          return MediaChunk.END;
        case 1:
          throw new MediaException(KvsFailure.of(new IOException("the connection was closed")));
        default:
          pace.pass(nanos);
          return MediaChunk.NOTHING;
      }
    }

    @Override
    public boolean answered() {
      return true;
    }

    @Override
    public void close() {
      if (!shut) {
        shut = true;
        open--;
      }
    }
  }
}
