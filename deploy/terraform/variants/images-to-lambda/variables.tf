variable "name" {
  description = "Prefix of everything that is created."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{0,30}$", var.name))
    error_message = "name must be 1 to 31 lower-case letters, digits or hyphens, and begin with a letter."
  }
}

variable "streams" {
  description = "The video streams by camera: the output \"streams\" of ../.."
  type        = map(object({ name = string, arn = string }))

  validation {
    condition     = length(var.streams) > 0 && alltrue([for stream in values(var.streams) : can(regex("^arn:[a-z-]+:kinesisvideo:[a-z0-9-]+:[0-9]{12}:stream/[a-zA-Z0-9_.-]+/[0-9]+$", stream.arn))])
    error_message = "streams must name at least one stream, by arn:aws:kinesisvideo:REGION:ACCOUNT:stream/NAME/TIME."
  }
}

variable "producer_role_name" {
  description = "The role that calls PutMedia; the service delivers with its rights. Null to grant them elsewhere."
  type        = string
  default     = null
}

variable "function_package" {
  description = "The function's code: a jar or zip on this machine."
  type        = string

  validation {
    condition     = can(regex("\\.(jar|zip)$", var.function_package))
    error_message = "function_package must be a .jar or .zip file."
  }
}

variable "function_handler" {
  description = "Its entry point, as com.example.OnImage::handleRequest."
  type        = string
}

variable "function_runtime" {
  description = "What runs it."
  type        = string
  default     = "java21"
}

variable "function_memory" {
  description = "Memory in MiB; CPU comes with it, one core at 1769."
  type        = number
  default     = 1769

  validation {
    condition     = var.function_memory >= 128 && var.function_memory <= 10240
    error_message = "function_memory must be within 128..10240 MiB."
  }
}

variable "tags" {
  description = "Tags of everything that is created."
  type        = map(string)
  default     = {}
}

variable "sampling_interval_ms" {
  description = "Time between two images."
  type        = number
  default     = 3000

  validation {
    condition     = var.sampling_interval_ms >= 200 && var.sampling_interval_ms <= 20000
    error_message = "sampling_interval_ms must be within 200..20000, as the service takes it."
  }
}

variable "keep_images_days" {
  description = "When images are deleted."
  type        = number
  default     = 7

  validation {
    condition     = var.keep_images_days >= 1
    error_message = "keep_images_days must be 1 or more."
  }
}
