/** Checks the files that ship beside the program: manifests of Kubernetes, the compose file, the image, the unit. */
package io.quorate.deploy.files;
