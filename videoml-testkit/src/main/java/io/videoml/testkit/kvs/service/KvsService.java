package io.videoml.testkit.kvs.service;

import io.videoml.testkit.kvs.faults.KvsOperation;
import io.videoml.testkit.kvs.http.HttpExchange;
import io.videoml.testkit.kvs.http.HttpHeader;
import io.videoml.testkit.kvs.http.HttpServer;
import io.videoml.testkit.kvs.signature.RefusedException;
import io.videoml.testkit.kvs.signature.SignatureCheck;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Answers requests: checks who asks, finds the operation, tells of errors as AWS does.
 *
 * <p>Threading: all methods from any thread.
 */
public final class KvsService implements HttpServer.Handler {
  private static final int LARGEST_BODY = 1 << 20;

  private final SignatureCheck signatures;
  private final ControlPlane control;
  private final GetMedia getMedia;
  private final Usage usage = new Usage();
  private final RequestLog log = new RequestLog();

  /** Serves from what the context has, those who sign. */
  public KvsService(ServiceContext context, SignatureCheck signatures) {
    this.signatures = signatures;
    this.control = new ControlPlane(context);
    this.getMedia = new GetMedia(context, usage);
  }

  /** Returns the latest requests, in the order of their ends. */
  public List<KvsRequest> requests() {
    return log.all();
  }

  /** Returns how many connections of an operation are open to a stream. */
  public int connections(String stream, KvsOperation operation) {
    return usage.connections(stream, operation);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException, InterruptedException {
    Optional<KvsOperation> operation = KvsOperation.ofPath(exchange.request().path());
    if (operation.isEmpty() || !exchange.request().method().equals("POST")) {
      error(exchange, 404, "UnknownOperationException", "there is no such operation");
      return;
    }
    Asked asked = new Asked();
    String failure = "";
    try {
      serve(exchange, operation.get(), asked);
    } catch (RefusedException e) {
      failure = e.type();
      error(exchange, 403, e.type(), String.valueOf(e.getMessage()));
    } catch (ServiceException e) {
      failure = e.type();
      error(exchange, e.status(), e.type(), String.valueOf(e.getMessage()));
    } finally {
      log.add(
          new KvsRequest(operation.get(), asked.stream, exchange.at(), exchange.status(), failure));
    }
  }

  /** What a request turned out to be about. */
  private static final class Asked {
    private String stream = "";
  }

  private void serve(HttpExchange exchange, KvsOperation operation, Asked asked)
      throws IOException, InterruptedException, RefusedException, ServiceException {
    byte[] body = exchange.body().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new ServiceException(413, "RequestEntityTooLargeException", "the body is too large");
    }
    signatures.check(exchange.request(), body);
    Parameters parameters = Parameters.of(body);
    asked.stream =
        parameters.text("StreamName").or(() -> parameters.textOrEmpty("StreamARN")).orElse("");
    if (operation == KvsOperation.GET_MEDIA) {
      getMedia.serve(exchange, parameters);
      return;
    }
    answer(exchange, 200, List.of(), control(operation, parameters));
  }

  private Map<String, Object> control(KvsOperation operation, Parameters parameters)
      throws IOException, ServiceException {
    return switch (operation) {
      case CREATE_STREAM -> control.create(parameters);
      case DELETE_STREAM -> control.delete(parameters);
      case DESCRIBE_STREAM -> control.describe(parameters);
      case LIST_STREAMS -> control.list(parameters);
      case UPDATE_DATA_RETENTION -> control.updateRetention(parameters);
      case TAG_STREAM -> control.tag(parameters);
      case UNTAG_STREAM -> control.untag(parameters);
      case LIST_TAGS_FOR_STREAM -> control.tags(parameters);
      case GET_DATA_ENDPOINT -> control.endpoint(parameters);
      default ->
          throw new ServiceException(
              501, "NotImplementedException", "the stand-in does not have " + operation);
    };
  }

  private static void error(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("__type", type);
    body.put("message", message);
    answer(exchange, status, List.of(new HttpHeader("x-amzn-ErrorType", type)), body);
  }

  private static void answer(
      HttpExchange exchange, int status, List<HttpHeader> more, Map<String, Object> body)
      throws IOException {
    if (exchange.status() != 0) {
      throw new IOException("the answer had begun");
    }
    List<HttpHeader> headers = new java.util.ArrayList<>(more);
    headers.add(new HttpHeader("Content-Type", "application/json"));
    headers.add(new HttpHeader("x-amzn-RequestId", UUID.randomUUID().toString()));
    exchange.answer(status, headers, Parameters.json(body));
  }
}
