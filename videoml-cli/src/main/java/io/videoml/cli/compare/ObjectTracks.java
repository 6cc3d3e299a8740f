package io.videoml.cli.compare;

import io.videoml.detect.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The objects that were found when every frame was looked at, each followed from frame to frame: a
 * detection goes on with the object of its class that it overlaps most, if that was seen within
 * half a second.
 */
final class ObjectTracks {
  private static final float SAME_OBJECT = 0.3f;
  private static final float SAME_BOX = 0.5f;
  private static final long GONE_NANOS = Duration.ofMillis(500).toNanos();

  private final List<Track> tracks = new ArrayList<>();
  private final List<Track> inView = new ArrayList<>();

  /**
   * @param everyFrame in the order of the video
   */
  ObjectTracks(List<Look> everyFrame) {
    everyFrame.forEach(this::follow);
  }

  private void follow(Look look) {
    inView.removeIf(track -> look.nanos() - track.lastNanos > GONE_NANOS);
    List<Link> links = new ArrayList<>();
    for (Track track : inView) {
      for (int i = 0; i < look.objects().size(); i++) {
        float overlap = overlap(track.last, look.objects().get(i));
        if (overlap >= SAME_OBJECT) {
          links.add(new Link(track, i, overlap));
        }
      }
    }
    links.sort(Comparator.comparing(Link::overlap).reversed());
    Set<Track> goOn = new HashSet<>();
    BitSet known = new BitSet();
    for (Link link : links) {
      if (!known.get(link.object()) && goOn.add(link.track())) {
        known.set(link.object());
        link.track().add(look.nanos(), look.objects().get(link.object()));
      }
    }
    for (int i = 0; i < look.objects().size(); i++) {
      if (!known.get(i)) {
        Track track = new Track(look.nanos(), look.objects().get(i));
        tracks.add(track);
        inView.add(track);
      }
    }
  }

  private static float overlap(Detection one, Detection other) {
    return one.classId() == other.classId() ? one.box().iou(other.box()) : 0;
  }

  /** Returns how many objects there were, counting one for each frame in which it was found. */
  long sightings() {
    return tracks.stream().mapToLong(track -> track.boxes.size()).sum();
  }

  /**
   * Returns the share of all sightings whose object was also found in a kept frame within a time.
   *
   * @return from 0 to 1; 1 where there was nothing to find
   */
  double foundWithin(Duration tolerance, List<Look> kept) {
    Map<Long, Look> keptAt = new HashMap<>();
    kept.forEach(look -> keptAt.put(look.nanos(), look));
    long sightings = sightings();
    long found = 0;
    for (Track track : tracks) {
      found += track.foundWithin(tolerance.toNanos(), keptAt);
    }
    return sightings == 0 ? 1 : (double) found / sightings;
  }

  /**
   * @param object position in its frame
   */
  private record Link(Track track, int object, float overlap) {}

  private static final class Track {
    private final Map<Long, Detection> boxes = new TreeMap<>();
    private long lastNanos;
    private Detection last;

    Track(long nanos, Detection object) {
      lastNanos = nanos;
      last = object;
      boxes.put(nanos, object);
    }

    void add(long nanos, Detection object) {
      lastNanos = nanos;
      last = object;
      boxes.put(nanos, object);
    }

    private long foundWithin(long tolerance, Map<Long, Look> keptAt) {
      TreeSet<Long> seen = new TreeSet<>();
      boxes.forEach(
          (nanos, known) -> {
            Look look = keptAt.get(nanos);
            if (look != null
                && look.objects().stream().anyMatch(object -> overlap(known, object) >= SAME_BOX)) {
              seen.add(nanos);
            }
          });
      return boxes.keySet().stream()
          .filter(nanos -> !seen.subSet(nanos - tolerance, true, nanos + tolerance, true).isEmpty())
          .count();
    }
  }
}
