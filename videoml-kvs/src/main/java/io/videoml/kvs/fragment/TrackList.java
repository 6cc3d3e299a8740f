package io.videoml.kvs.fragment;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads Tracks; the same bytes again, as in every fragment, give the same objects. */
final class TrackList {
  private static final int VIDEO = 1;
  private static final int AUDIO = 2;
  private static final long MAX_DURATION = 3_600_000_000_000L;

  private final int limit;
  private final Cursor entries = new Cursor();
  private final Cursor fields = new Cursor();
  private final Cursor video = new Cursor();
  private ByteBuffer known = ByteBuffer.allocate(0);
  private List<KvsTrack> tracks = List.of();

  TrackList(int limit) {
    this.limit = limit;
  }

  List<KvsTrack> read(ByteBuffer in, int from, int to, long base) {
    ByteBuffer raw = in.duplicate().limit(to).position(from);
    if (raw.equals(known)) {
      return tracks;
    }
    List<KvsTrack> read = new ArrayList<>();
    entries.over(in, from, to, base);
    while (entries.next()) {
      if (entries.id() == Ids.TRACK_ENTRY) {
        if (read.size() == limit) {
          throw entries.fail("is one track more than the limit of " + limit);
        }
        KvsTrack track = entry();
        if (read.stream().anyMatch(other -> other.number() == track.number())) {
          throw entries.fail("has the number of another track, " + track.number());
        }
        read.add(track);
      }
    }
    known = ByteBuffer.wrap(new byte[to - from]).put(raw).flip();
    tracks = List.copyOf(read);
    return tracks;
  }

  private KvsTrack entry() {
    long number = 0;
    KvsTrack.Type type = KvsTrack.Type.OTHER;
    String name = "";
    String codecId = "";
    byte[] codecPrivate = {};
    long defaultDuration = 0;
    int width = 0;
    int height = 0;
    fields.into(entries);
    while (fields.next()) {
      switch (fields.id()) {
        case Ids.TRACK_NUMBER -> number = fields.unsigned();
        case Ids.TRACK_TYPE -> type = type(fields.unsigned());
        case Ids.NAME -> name = fields.text();
        case Ids.CODEC_ID -> codecId = fields.text();
        case Ids.CODEC_PRIVATE -> codecPrivate = fields.bytes();
        case Ids.DEFAULT_DURATION -> defaultDuration = plausible(fields.unsigned());
        case Ids.CONTENT_ENCODINGS ->
            throw fields.fail("says that frames are compressed or encrypted, which is not undone");
        case Ids.VIDEO -> {
          video.into(fields);
          while (video.next()) {
            if (video.id() == Ids.PIXEL_WIDTH) {
              width = pixels();
            } else if (video.id() == Ids.PIXEL_HEIGHT) {
              height = pixels();
            }
          }
        }
        default -> {}
      }
    }
    if (number == 0) {
      throw entries.fail("is a track without a number");
    }
    return new KvsTrack(
        number, type, name, codecId, ByteBuffer.wrap(codecPrivate), width, height, defaultDuration);
  }

  /** Frames last no hours; times are added up, and must not overflow. */
  private static long plausible(long nanos) {
    return nanos <= MAX_DURATION ? nanos : 0;
  }

  private int pixels() {
    long value = video.unsigned();
    if (value > Integer.MAX_VALUE) {
      throw video.fail("is a size of " + value + " pixels");
    }
    return (int) value;
  }

  private static KvsTrack.Type type(long type) {
    if (type == VIDEO) {
      return KvsTrack.Type.VIDEO;
    }
    return type == AUDIO ? KvsTrack.Type.AUDIO : KvsTrack.Type.OTHER;
  }
}
