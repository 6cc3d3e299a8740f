package io.videoml.kvs;

import io.videoml.testkit.TestClip;
import io.videoml.testkit.kvs.KvsStandIn;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.service.KvsLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keeps one clip, for the contracts' tests. */
final class ArchivedClip implements AutoCloseable {
  private final KvsStandIn service = ClipService.roomy(KvsLimits.aws());
  private final KvsStandIn mute = ClipService.roomy(KvsLimits.aws());
  private final KvsStandIn stalling = ClipService.roomy(KvsLimits.aws());

  ArchivedClip(TestClip clip, int bFrames) {
    List<MadeFragment> fragments =
        bFrames == 0
            ? Clips.h264(clip)
            : Clips.fragments(clip, "libx264", "V_MPEG4/ISO/AVC", bFrames);
    Clips.store(service, "clip", fragments);
    Clips.store(stalling, "clip", fragments);
    Clips.store(mute, "clip", fragments);
    mute.faults()
        .always(KvsOperation.LIST_FRAGMENTS, new Fault.StallAnswer(0, Duration.ofMinutes(1)));
    long some = fragments.get(0).bytes().length * 3L / 2;
    stalling
        .faults()
        .always(
            KvsOperation.GET_MEDIA_FOR_FRAGMENT_LIST,
            new Fault.StallAnswer(some, Duration.ofMinutes(1)));
  }

  KvsArchiveSource.Builder source() {
    return KvsArchiveSource.builder("clip", range())
        .connection(Clips.connection(service).build())
        .batch(2);
  }

  /** Returns a source that falls silent after its first fragment. */
  KvsArchiveSource silent() {
    return KvsArchiveSource.builder("clip", range())
        .connection(Clips.connection(stalling).build())
        .build();
  }

  /** Returns a source whose list does not come. */
  KvsArchiveSource unresponsive() {
    return KvsArchiveSource.builder("clip", range())
        .connection(Clips.connection(mute).build())
        .build();
  }

  KvsArchiveSource refused(String user, String password) {
    return KvsArchiveSource.builder("clip", range())
        .connection(Clips.connection(service, user, password).build())
        .build();
  }

  private static KvsRange range() {
    Instant now = Instant.now();
    return KvsRange.serverTime(now.minusSeconds(3600), now.plusSeconds(3600));
  }

  @Override
  public void close() {
    service.close();
    mute.close();
    stalling.close();
  }
}
