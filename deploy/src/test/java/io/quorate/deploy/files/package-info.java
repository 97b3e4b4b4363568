/** What ships beside the program and has to fit it: manifests of Kubernetes, the compose file, the image, the unit. */
package io.quorate.deploy.files;
