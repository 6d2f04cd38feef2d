package io.stateward.examples.editor;

import io.stateward.examples.Reply;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What is at the paths of an {@link EditorServer}, for those who came by one of its names. */
@SuppressWarnings("serial") // nobody serializes it
final class LocalFiles extends HttpServlet {

  private static final String SHARED = "/shared/";

  private final transient IntSupplier port;
  private final transient Function<? super String, ? extends @Nullable Reply> files;

  LocalFiles(IntSupplier port, Function<? super String, ? extends @Nullable Reply> files) {
    this.port = port;
    this.files = files;
  }

  boolean isOwnOrigin(String origin) {
    return Set.of("http://127.0.0.1:" + port.getAsInt(), "http://localhost:" + port.getAsInt())
        .contains(origin);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isOwnOrigin("http://" + request.getHeader("Host"))) { // DNS rebinding
      response.sendError(403, "This server answers under 127.0.0.1 and localhost only.");
      return;
    }
    Reply reply = at(request.getRequestURI());
    if (reply == null) {
      response.sendError(404, "There is nothing here.");
      return;
    }
    response.setStatus(reply.status());
    response.setContentType(reply.type());
    response.setContentLength(reply.body().length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.getOutputStream().write(reply.body());
  }

  private @Nullable Reply at(String path) {
    if (path.equals("/health")) {
      return Reply.text("up");
    }
    return path.startsWith(SHARED) ? shared(path.substring(SHARED.length())) : files.apply(path);
  }

  private static @Nullable Reply shared(String name) {
    if (!name.matches("[a-z]+\\.(css|js|svg)")) {
      return null;
    }
    try {
      return Reply.resource("/web/shared/" + name);
    } catch (IllegalArgumentException e) { // there is no such file
      return null;
    }
  }
}
