package io.videoml.testkit.kvs;

import io.videoml.testkit.kvs.archive.ArchivedMedia;
import io.videoml.testkit.kvs.archive.Clips;
import io.videoml.testkit.kvs.archive.FragmentList;
import io.videoml.testkit.kvs.archive.HlsSessions;
import io.videoml.testkit.kvs.archive.Images;
import io.videoml.testkit.kvs.faults.Fault;
import io.videoml.testkit.kvs.faults.FaultException;
import io.videoml.testkit.kvs.faults.KvsFaults;
import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.faults.RequestFaults;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpServer;
import io.videoml.testkit.kvs.media.AwsTags.Spelling;
import io.videoml.testkit.kvs.operations.ControlPlane;
import io.videoml.testkit.kvs.operations.GetMedia;
import io.videoml.testkit.kvs.put.PutMedia;
import io.videoml.testkit.kvs.service.KvsRequest;
import io.videoml.testkit.kvs.service.Parameters;
import io.videoml.testkit.kvs.service.RequestLog;
import io.videoml.testkit.kvs.service.ServiceContext;
import io.videoml.testkit.kvs.service.ServiceException;
import io.videoml.testkit.kvs.signature.RefusedException;
import io.videoml.testkit.kvs.signature.SignatureCheck;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Answers requests: checks who asks, finds the operation, tells of errors as AWS does.
 *
 * <p>Threading: all methods from any thread.
 */
final class KvsService implements HttpServer.Handler {
  private static final int LARGEST_BODY = 1 << 20;

  private final SignatureCheck signatures;
  private final KvsFaults faults;
  private final ControlPlane control;
  private final GetMedia getMedia;
  private final PutMedia putMedia;
  private final FragmentList fragmentList;
  private final ArchivedMedia archivedMedia;
  private final Clips clips;
  private final Images images;
  private final HlsSessions hls;
  private final RequestLog log = new RequestLog();

  KvsService(
      ServiceContext context, SignatureCheck signatures, KvsFaults faults, Spelling spelling) {
    this.signatures = signatures;
    this.faults = faults;
    this.control = new ControlPlane(context);
    this.getMedia = new GetMedia(context);
    this.putMedia = new PutMedia(context);
    this.fragmentList = new FragmentList(context);
    this.archivedMedia = new ArchivedMedia(context, spelling);
    this.clips = new Clips(context);
    this.images = new Images(context);
    this.hls = new HlsSessions(context);
  }

  List<KvsRequest> requests() {
    return log.all();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException, InterruptedException {
    Optional<KvsOperation> operation = KvsOperation.ofPath(exchange.request().path());
    if (hls.serves(exchange.request())) {
      hls.serve(exchange);
      return;
    }
    if (operation.isEmpty() || !exchange.request().method().equals("POST")) {
      Answers.error(exchange, 404, "UnknownOperationException", "there is no such operation");
      return;
    }
    RequestFaults ordered = faults.take(operation.get());
    Optional<Fault.CutBeforeAnswer> cut = ordered.first(Fault.CutBeforeAnswer.class);
    Asked asked = new Asked(operation.get());
    exchange.beforeAnswer(() -> note(exchange, asked));
    try {
      if (cut.isPresent()) {
        exchange.abort(cut.get().how());
        return;
      }
      serve(exchange, operation.get(), ordered, asked);
    } catch (RefusedException e) {
      asked.failure = e.type();
      Answers.error(exchange, 403, e.type(), String.valueOf(e.getMessage()));
    } catch (ServiceException e) {
      asked.failure = e.type();
      Answers.error(exchange, e.status(), e.type(), String.valueOf(e.getMessage()));
    } catch (FaultException e) {
      asked.failure = "cut";
      throw e;
    } finally {
      note(exchange, asked);
    }
  }

  /** Notes a request once. */
  private void note(HttpExchange exchange, Asked asked) {
    if (!asked.noted) {
      asked.noted = true;
      log.add(
          new KvsRequest(
              asked.operation, asked.stream, exchange.at(), exchange.status(), asked.failure));
    }
  }

  /** What a request turned out to be about. */
  private static final class Asked {
    private final KvsOperation operation;
    private String stream = "";
    private String failure = "";
    private boolean noted;

    Asked(KvsOperation operation) {
      this.operation = operation;
    }
  }

  private void serve(
      HttpExchange exchange, KvsOperation operation, RequestFaults ordered, Asked asked)
      throws IOException, InterruptedException, RefusedException, ServiceException {
    if (operation == KvsOperation.PUT_MEDIA) {
      asked.stream =
          exchange
              .request()
              .header("x-amzn-stream-name")
              .or(() -> exchange.request().header("x-amzn-stream-arn"))
              .orElse("");
      signatures.checkStreaming(exchange.request());
      refuse(ordered);
      putMedia.serve(exchange, ordered);
      return;
    }
    byte[] body = exchange.body().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new ServiceException(413, "RequestEntityTooLargeException", "the body is too large");
    }
    signatures.check(exchange.request(), body);
    Parameters parameters = Parameters.of(body);
    asked.stream =
        parameters
            .textOrEmpty("StreamName")
            .or(() -> parameters.textOrEmpty("StreamARN"))
            .orElse("");
    refuse(ordered);
    switch (operation) {
      case GET_MEDIA -> getMedia.serve(exchange, parameters, ordered);
      case GET_MEDIA_FOR_FRAGMENT_LIST -> archivedMedia.serve(exchange, parameters, ordered);
      case GET_CLIP -> clips.serve(exchange, parameters, ordered);
      case LIST_FRAGMENTS ->
          Answers.json(exchange, 200, List.of(), fragmentList.answer(parameters), ordered);
      case GET_IMAGES -> Answers.json(exchange, 200, List.of(), images.answer(parameters), ordered);
      case GET_HLS_STREAMING_SESSION_URL ->
          Answers.json(exchange, 200, List.of(), hls.answer(parameters), ordered);
      default ->
          Answers.json(
              exchange, 200, List.of(), control.answer(operation, parameters, ordered), ordered);
    }
  }

  private static void refuse(RequestFaults ordered) throws ServiceException {
    Optional<Fault.Refuse> refused = ordered.first(Fault.Refuse.class);
    if (refused.isPresent()) {
      throw new ServiceException(
          refused.get().status(), refused.get().type(), "refused as ordered");
    }
  }
}
