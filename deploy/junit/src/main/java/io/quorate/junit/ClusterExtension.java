package io.quorate.junit;

import io.quorate.client.QuorateClient;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives a class with {@link QuorateCluster} its cluster. JUnit makes it, by that annotation. */
final class ClusterExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace OWN = Namespace.create(ClusterExtension.class);
    private static final int NODES_MAX = 7;
    private static final int MEMORY_MIB_MIN = 384;

    /** One cluster of this process starts after the other, so that two never choose the same ports. */
    private static final Object STARTING = new Object();

    /** The cluster of a class, and whether one of its tests failed. */
    private static final class Running {
        private final TestCluster cluster;
        private volatile boolean hasFailures;

        private Running(TestCluster cluster) {
            this.cluster = cluster;
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (running(context) != null) {
            return; // a nested class uses the cluster of the class around it
        }
        QuorateCluster wanted = AnnotationSupport.findAnnotation(context.getRequiredTestClass(), QuorateCluster.class)
                .orElseThrow(() -> new ExtensionConfigurationException(
                        context.getRequiredTestClass().getName() + " has no @QuorateCluster"));
        check("nodes", wanted.nodes(), 1, NODES_MAX);
        check("memoryMib", wanted.memoryMib(), MEMORY_MIB_MIN, Integer.MAX_VALUE / 1024);
        synchronized (STARTING) {
            store(context).put(Running.class, new Running(TestCluster.start(wanted.nodes(), wanted.memoryMib())));
        }
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new ExtensionConfigurationException(
                    "@QuorateCluster(" + name + " = " + value + "); allowed: " + min + " to " + max);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running running = running(context);
        if (context.getExecutionException().isPresent()) {
            running.hasFailures = true;
            context.publishReportEntry("quorate", "the logs of the nodes are kept in " + running.cluster.home());
        }
        running.cluster.restore();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Running own = store(context).remove(Running.class, Running.class);
        if (own != null) {
            own.cluster.stop(own.hasFailures);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestCluster.class || type == QuorateClient.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestCluster cluster = running(context).cluster;
        return parameter.getParameter().getType() == TestCluster.class ? cluster : cluster.client();
    }

    private static Running running(ExtensionContext context) {
        return store(context).get(Running.class, Running.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(OWN);
    }
}
