package io.videoml.testkit.kvs.put;

import io.videoml.testkit.kvs.faults.AckType;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.PutMoment;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.media.FragmentAssembler;
import io.videoml.testkit.kvs.media.FragmentDraft;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.store.LiveFragment;
import io.videoml.testkit.kvs.store.Opening;
import io.videoml.testkit.kvs.store.StoredStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request of PutMedia: fragment after fragment is checked, stored and acknowledged. */
final class PutSession {
  private static final Logger LOG = LoggerFactory.getLogger(PutSession.class);

  private final ServiceContext context;
  private final StoredStream stream;
  private final PutHeaders headers;
  private final RequestFaults faults;
  private final Acks acks;
  private final FragmentAssembler media;
  private final FragmentCheck check;
  private final long started = System.nanoTime();
  private int fragment = -1;
  private Opening opening = new Opening("", Instant.EPOCH, Instant.EPOCH, 0);
  private @Nullable LiveFragment live;

  PutSession(
      ServiceContext context,
      StoredStream stream,
      PutHeaders headers,
      RequestFaults faults,
      Acks acks,
      InputStream body) {
    this.context = context;
    this.stream = stream;
    this.headers = headers;
    this.faults = faults;
    this.acks = acks;
    this.media = new FragmentAssembler(new BufferedInputStream(body, 16_384));
    this.check = new FragmentCheck(context.limits());
  }

  /** Reads until the producer ends the request in order. */
  void run() throws IOException, InterruptedException, PutException, CutException {
    while (true) {
      switch (media.next()) {
        case STARTED -> start(media.draft());
        case GREW -> grow(media.draft());
        case FINISHED -> finish(media.draft());
        case END -> {
          return;
        }
      }
    }
  }

  /** Returns what the producer is told about the fragment that it is at. */
  Ack error(int id) {
    return fragment < 0
        ? Ack.error(id)
        : Ack.error(id, media.draft().timecodeMillis(), opening.number());
  }

  private void start(FragmentDraft draft) throws PutException, CutException, InterruptedException {
    fragment++;
    opening =
        stream.begin(
            draft, context.clock().instant(), headers.producerTime(draft.timecodeMillis()));
    if (stream.deleted()) {
      throw new PutException(AckError.STREAM_NOT_ACTIVE);
    }
    if (media.documents() > 1) {
      throw new PutException(AckError.INVALID_MKV_DATA);
    }
    check.started(draft);
    pace();
    draft.takeFresh();
    live = stream.show(draft, opening);
    send(AckType.BUFFERING, draft);
    cut(PutMoment.BUFFERING);
  }

  private void grow(FragmentDraft draft) throws PutException {
    check.grown(draft);
    byte[] more = draft.takeFresh();
    if (live != null) {
      live.grow(more);
    }
  }

  /** Tells those who follow that the fragment that is open, if any, will not be whole. */
  void abandon() {
    if (live != null) {
      live.abandon();
    }
  }

  private void send(AckType type, FragmentDraft draft) throws InterruptedException {
    acks.send(Ack.of(type, draft.timecodeMillis(), opening.number()));
  }

  private void finish(FragmentDraft draft)
      throws IOException, PutException, CutException, InterruptedException {
    check.finished(draft);
    if (acks.left()) {
      throw new EOFException("the connection has ended");
    }
    cut(PutMoment.ARRIVED);
    Optional<Fault.ErrorAck> refused =
        faults.first(Fault.ErrorAck.class, error -> error.fragment() == fragment);
    if (refused.isPresent() && !refused.get().stored()) {
      throw new PutException(refused.get().id());
    }
    if (lost()) {
      send(AckType.RECEIVED, draft);
      cut(PutMoment.RECEIVED_AND_LOST);
    }
    if (stream.deleted()) {
      throw new PutException(AckError.STREAM_NOT_ACTIVE);
    }
    store(draft);
    if (refused.isPresent()) {
      send(AckType.RECEIVED, draft);
      throw new PutException(refused.get().id());
    }
    cut(PutMoment.STORED);
    send(AckType.RECEIVED, draft);
    cut(PutMoment.RECEIVED);
    if (stream.info().retentionHours() > 0) {
      send(AckType.PERSISTED, draft);
      cut(PutMoment.PERSISTED);
    }
  }

  private void store(FragmentDraft draft) throws PutException {
    try {
      stream.store(draft, opening);
    } catch (IOException e) {
      LOG.warn("a fragment cannot be stored", e);
      throw new PutException(
          stream.deleted() ? AckError.STREAM_NOT_ACTIVE : AckError.ARCHIVAL_ERROR);
    }
  }

  private boolean lost() {
    return faults
        .first(
            Fault.CutPut.class,
            cut -> cut.fragment() == fragment && cut.moment() == PutMoment.RECEIVED_AND_LOST)
        .isPresent();
  }

  private void cut(PutMoment moment) throws CutException {
    Optional<Fault.CutPut> cut =
        faults.first(
            Fault.CutPut.class, fault -> fault.fragment() == fragment && fault.moment() == moment);
    if (cut.isPresent()) {
      throw new CutException(cut.get().how());
    }
  }

  /** Reads no faster than the service does: the producer feels it by TCP. */
  private void pace() throws InterruptedException {
    int perSecond = context.limits().fragmentsPerSecond();
    if (perSecond > 0) {
      long due = started + fragment * 1_000_000_000L / perSecond;
      Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
    }
  }
}
